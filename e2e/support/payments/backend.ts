import { randomBytes } from 'node:crypto';

/** A provider as the fault proxy sees it: something that answers requests, and sends messages. */
export interface PaymentBackend {
  /** Carries a request out. */
  handle(request: BackendRequest): Promise<BackendReply>;
  /** The answers to a key that is at work, or was used for another request. */
  conflict(kind: 'in_use' | 'other_request'): BackendReply;
  /** An answer of a server that failed, in the provider's own form. */
  failure(status: number): BackendReply;
  /** What the provider's messages are given to. */
  onMessage: (message: BackendMessage) => void;
  /** Every payment that the provider has. */
  ledger(): Promise<LedgerEntry[]>;
}

export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface BackendReply {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string;
}

/** A webhook. */
export interface BackendMessage {
  readonly name: string;
  readonly body: string;
  /** Made anew for each delivery, as signatures carry the time. */
  headers(): Record<string, string>;
}

/** What the provider has booked for a payment, in the currency's minor units. */
export interface LedgerEntry {
  readonly transactionId: string;
  readonly reference: string | null;
  readonly status: string;
  readonly currency: string;
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
}

export const json = (status: number, value: unknown): BackendReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});

/** An id as providers make them, of letters only: a long row of digits in one could pass for a card number. */
export function newId(prefix: string): string {
  return `${prefix}_${Array.from(randomBytes(16), byte => String.fromCharCode(97 + (byte % 26))).join('')}`;
}
