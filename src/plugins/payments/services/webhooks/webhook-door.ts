import { Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import { loggerCtx } from '../../constants';
import { WebhookUnreadableError } from '../../errors';
import { findCardData } from '../../rules/card-number';
import { valuesOf } from '../../rules/readable-body';
import { storable } from '../../rules/webhook';
import type { PaymentProvider, ProviderEvent, WebhookHeaders } from '../../types';
import { ProviderRegistry } from '../providers/provider-registry';
import { WebhookInboxService } from './webhook-inbox.service';

export interface WebhookRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const refusal = (status: number, code: string, message: string): WebhookRefusal => ({
  status,
  code,
  message,
});

/** The same for a provider that does not exist and for an address that is none. */
export const NOT_FOUND = refusal(404, 'NOT_FOUND', 'There is nothing here.');
const BAD_SIGNATURE = refusal(400, 'SIGNATURE_INVALID', 'The signature is missing or wrong.');
const UNREADABLE = refusal(400, 'WEBHOOK_UNREADABLE', 'This is no message of the provider.');
const CARD_DATA = refusal(
  400,
  'CARD_DATA_REFUSED',
  'The message has card data in it. Nothing of it was kept.',
);
export const FAILED = refusal(
  500,
  'INTERNAL_SERVER_ERROR',
  'Something went wrong on our side: send it again later.',
);

/**
 * Lets messages of providers in: the signature first, over the exact bytes; then nothing with card data in it; then
 * what the adapter reads in it. What is refused is logged once, and never a word of what was sent.
 */
@Injectable()
export class WebhookDoor {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly inbox: WebhookInboxService,
  ) {}

  /** @returns nothing when the message is kept, now or before */
  async receive(code: string, body: Buffer, headers: WebhookHeaders): Promise<WebhookRefusal | undefined> {
    const provider = this.providers.find(code);
    if (provider === undefined) return NOT_FOUND;
    const read = this.read(provider, body, headers);
    if ('status' in read) return read;
    await this.inbox.receive(provider.code, read);
    return undefined;
  }

  /** What a message says, or why it is refused; in the log once, without a word of it. */
  read(
    provider: Pick<PaymentProvider, 'code' | 'verifyWebhook' | 'parseWebhook'>,
    body: Buffer,
    headers: WebhookHeaders,
  ): ProviderEvent | WebhookRefusal {
    try {
      if (!provider.verifyWebhook(body, headers)) {
        return this.refused(provider, BAD_SIGNATURE, 'its signature is missing or wrong');
      }
      const values = valuesOf(body, headers['content-type'] ?? '');
      if (values === undefined) return this.refused(provider, UNREADABLE, 'it cannot be read');
      const found = findCardData(values, 'body');
      if (found !== undefined) {
        return this.refused(provider, CARD_DATA, `${found.kind} in ${found.path}`);
      }
      const event = storable(provider.parseWebhook(body, headers));
      return event ?? this.refused(provider, UNREADABLE, 'what the adapter reads in it cannot be stored');
    } catch (error) {
      // The text of an error may repeat the body.
      const name = error instanceof Error ? error.name : typeof error;
      if (error instanceof WebhookUnreadableError)
        return this.refused(provider, UNREADABLE, 'the adapter cannot read it');
      Logger.error(`A webhook of ${provider.code} could not be checked: ${name}.`, loggerCtx);
      return FAILED;
    }
  }

  private refused(
    provider: Pick<PaymentProvider, 'code'>,
    answer: WebhookRefusal,
    reason: string,
  ): WebhookRefusal {
    Logger.warn(`A webhook of ${provider.code} was refused: ${reason}.`, loggerCtx);
    return answer;
  }
}
