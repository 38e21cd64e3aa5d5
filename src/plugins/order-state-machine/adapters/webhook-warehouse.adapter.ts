import type { RequestContext } from '@vendure/core';
import type { EffectResult, WarehouseNotice, WarehouseNotifier } from '../types';
import { postWebhook, type WebhookTarget } from './post-webhook';

export type WebhookWarehouseOptions = WebhookTarget;

/**
 * Tells the warehouse by HTTP. The receiver acts once per `Idempotency-Key` and checks `X-Tradewind-Signature`; the
 * README says how.
 */
export class WebhookWarehouse implements WarehouseNotifier {
  constructor(private readonly options: WebhookWarehouseOptions) {}

  async notify(
    _ctx: RequestContext,
    notice: WarehouseNotice,
    call: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<EffectResult> {
    const status = await postWebhook(this.options, { ...call, receiver: 'The warehouse', body: notice });
    return { status, pickLists: notice.pickLists.map(({ id }) => id) };
  }
}
