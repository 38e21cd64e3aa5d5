import type { RequestContext } from '@vendure/core';
import { labelPdf } from '../documents/label-pdf';
import type { LabelRequest, ShippingCarrier, ShippingLabel } from '../types';
import { trackingNumberFor } from './tracking-number';

export interface BuiltInCarrierOptions {
  /** On the label. */
  name: string;
  /** With `{number}` in it: where a shopper follows a parcel. Without it there is no such page. */
  trackingUrl?: string;
  now?: () => Date;
}

/**
 * A carrier without a company behind it: for shops that deliver by themselves or hand parcels to a driver, and to try
 * the whole way out. The label and its number are real and can be scanned. Nothing leaves this machine, so voiding is
 * only remembered with the document.
 */
export class BuiltInCarrier implements ShippingCarrier {
  readonly code = 'built-in';

  constructor(private readonly options: BuiltInCarrierOptions) {}

  async createLabel(
    _ctx: RequestContext,
    request: LabelRequest,
    { idempotencyKey, signal }: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<ShippingLabel> {
    signal.throwIfAborted();
    const trackingNumber = trackingNumberFor(idempotencyKey);
    const bytes = await labelPdf({
      request,
      carrierName: this.options.name,
      trackingNumber,
      createdAt: this.options.now?.() ?? new Date(),
    });
    return {
      carrier: this.code,
      trackingNumber,
      trackingUrl: this.options.trackingUrl?.replaceAll('{number}', trackingNumber) ?? null,
      document: { contentType: 'application/pdf', bytes },
    };
  }

  voidLabel(): Promise<void> {
    return Promise.resolve();
  }
}
