import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  WebhookUnreadableError,
  type PaymentProvider,
  type ProviderCapabilities,
  type ProviderCall,
  type ProviderEvent,
  type SavedMethodRequest,
  type SavedMethodResult,
  type WebhookHeaders,
} from '../../../src/plugins/payments';
import { VaultClient } from './vault-client';

export const PROBE_PROVIDER = 'probe';
export const SIGNATURE_HEADER = 'x-probe-signature';
const SECRET = 'e2e-probe-provider-2f6c1d';

/** Where the shop's processes find the vault. */
export const VAULT_URL = 'PROBE_VAULT_URL';

/** As the provider would sign it. */
export function signed(body: string | Buffer): string {
  return createHmac('sha256', SECRET).update(body).digest('hex');
}

/** A message as the provider sends it; it may have more than this. */
export interface ProbeMessage {
  id: string;
  type: string;
  payment?: string;
  at?: string;
  dispute?: { id: string; amount: number; currency: string; reason: string; respondBy?: string };
}

function never(): Promise<never> {
  return Promise.reject(new Error('The probe takes no payments.'));
}

/** A provider that sends messages, signed over their exact bytes, and keeps methods in the vault of the test. */
export class SignedProvider implements PaymentProvider {
  readonly code = PROBE_PROVIDER;
  readonly capabilities: ProviderCapabilities = {
    methodTypes: ['card'],
    manualCapture: true,
    partialCapture: true,
    savedMethods: true,
    clientConfirmation: false,
  };
  readonly authorize = never;
  readonly capture = never;
  readonly void = never;
  readonly refund = never;

  private readonly vault = new VaultClient(process.env[VAULT_URL] ?? 'http://127.0.0.1:1');

  createSavedMethod(request: SavedMethodRequest, call: ProviderCall): Promise<SavedMethodResult> {
    return this.vault.keep(request, call);
  }

  deleteSavedMethod(id: string, call: ProviderCall): Promise<'deleted' | 'unknown'> {
    return this.vault.delete(id, call);
  }

  query(): Promise<null> {
    return Promise.resolve(null);
  }

  verifyWebhook(body: Buffer, headers: WebhookHeaders): boolean {
    const given = Buffer.from(headers[SIGNATURE_HEADER] ?? '', 'hex');
    const expected = Buffer.from(signed(body), 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  parseWebhook(body: Buffer): ProviderEvent {
    const message = JSON.parse(body.toString()) as Partial<ProbeMessage>;
    if (message.id === undefined || message.type === undefined) {
      throw new WebhookUnreadableError(`it has no id: ${body.toString()}`);
    }
    const { dispute } = message;
    return {
      eventId: message.id,
      type: message.type,
      kind: dispute === undefined ? 'payment' : 'dispute',
      transactionId: message.payment ?? null,
      reference: null,
      occurredAt: message.at === undefined ? null : new Date(message.at),
      dispute:
        dispute === undefined
          ? null
          : {
              disputeId: dispute.id,
              amount: dispute.amount,
              currency: dispute.currency,
              reason: dispute.reason,
              status: 'needs_response',
              respondBy: dispute.respondBy === undefined ? null : new Date(dispute.respondBy),
            },
    };
  }
}
