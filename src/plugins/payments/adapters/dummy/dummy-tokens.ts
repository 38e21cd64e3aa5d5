import type { FailureKind } from '../../types';

/** What a token makes the dummy do. */
export interface DummyBehaviour {
  readonly brand: string;
  readonly last4: string;
  /** Nothing: the payment goes through. */
  readonly authorize?:
    'three_d_secure' | 'processing' | 'lost_before' | 'lost_after' | 'silent' | DummyRefusal;
  /** How it ends once it was pending or at work; well, if it is not set. */
  readonly later?: DummyRefusal;
  readonly capture?: DummyRefusal;
  readonly refund?: DummyRefusal | 'processing';
}

export interface DummyRefusal {
  readonly kind: FailureKind;
  readonly code: string;
}

const visa = { brand: 'visa', last4: '4242' };
const declined = (code: string): DummyRefusal => ({ kind: 'declined', code });

/** All tokens that the dummy knows. The names are kept in transaction ids: take none away. */
export const DUMMY_TOKENS = {
  tok_visa: visa,
  tok_mastercard: { brand: 'mastercard', last4: '4444' },
  tok_amex: { brand: 'amex', last4: '0005' },
  tok_declined: { ...visa, authorize: declined('card_declined') },
  tok_insufficient_funds: { ...visa, authorize: declined('insufficient_funds') },
  tok_expired: { ...visa, authorize: declined('expired_card') },
  tok_invalid: { ...visa, authorize: { kind: 'invalid', code: 'token_expired' } },
  tok_unavailable: { ...visa, authorize: { kind: 'unavailable', code: 'connection_failed' } },
  tok_3ds: { ...visa, authorize: 'three_d_secure' },
  tok_3ds_declined: { ...visa, authorize: 'three_d_secure', later: declined('authentication_failed') },
  tok_processing: { ...visa, authorize: 'processing' },
  tok_processing_declined: { ...visa, authorize: 'processing', later: declined('card_declined') },
  tok_unknown: { ...visa, authorize: 'lost_before' },
  tok_unknown_charged: { ...visa, authorize: 'lost_after' },
  tok_timeout: { ...visa, authorize: 'silent' },
  tok_capture_declined: { ...visa, capture: declined('capture_declined') },
  tok_refund_declined: { ...visa, refund: declined('refund_declined') },
  tok_refund_processing: { ...visa, refund: 'processing' },
} as const satisfies Record<string, DummyBehaviour>;

export type DummyToken = keyof typeof DUMMY_TOKENS;

export function isDummyToken(token: string): token is DummyToken {
  return Object.hasOwn(DUMMY_TOKENS, token);
}

export function behaviourOf(token: DummyToken): DummyBehaviour {
  return DUMMY_TOKENS[token];
}
