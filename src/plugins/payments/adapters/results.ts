import type { ProviderFailure, ProviderResult, SavedMethodResult } from '../types';

/** What a call came to where the provider's answer says no success: proven to have failed, or not known. */
export type Verdict =
  { readonly status: 'failed'; readonly failure: ProviderFailure } | { readonly status: 'unknown' };

export const UNKNOWN: Verdict = { status: 'unknown' };

export function failedWith(kind: ProviderFailure['kind'], code: string, message: string): Verdict {
  return { status: 'failed', failure: { kind, code, message } };
}

/** Before anything was sent. */
export const NOT_PAYABLE = failedWith(
  'invalid',
  'amount_not_payable',
  'The currency has no amount as small as that.',
);

/** A result in which no money has moved, as far as it is known. */
export function withoutMoney(
  status: ProviderResult['status'],
  rest: Partial<Omit<ProviderResult, 'status' | 'amount'>> = {},
): ProviderResult {
  return {
    transactionId: null,
    fees: null,
    failure: null,
    next: null,
    instrument: null,
    ...rest,
    status,
    amount: 0,
  };
}

export function resultOf(verdict: Verdict, transactionId: string | null = null): ProviderResult {
  return withoutMoney(verdict.status, {
    transactionId,
    failure: verdict.status === 'failed' ? verdict.failure : null,
  });
}

export function savedMethodResultOf(verdict: Verdict, providerCustomerId: string | null): SavedMethodResult {
  return {
    status: verdict.status,
    providerCustomerId,
    savedMethodId: null,
    instrument: null,
    failure: verdict.status === 'failed' ? verdict.failure : null,
  };
}

/** A code as the ledger keeps it: lower case, no spaces, short. Anything else is not the provider's code. */
export function codeFrom(value: unknown, otherwise: string): string {
  return typeof value === 'string' && /^[a-z0-9_.-]{1,60}$/i.test(value) ? value.toLowerCase() : otherwise;
}
