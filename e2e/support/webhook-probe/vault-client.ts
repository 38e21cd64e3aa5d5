import type { ProviderCall, SavedMethodRequest, SavedMethodResult } from '../../../src/plugins/payments';

/** What the vault answers to a method that it is to keep. */
export interface VaultAnswer {
  id?: string;
  customer?: string;
  last4?: string;
  fingerprint?: string;
  declined?: string;
}

/** Speaks to the vault of the test, as an adapter speaks to its provider. */
export class VaultClient {
  constructor(private readonly url: string) {}

  async keep(
    request: SavedMethodRequest,
    { idempotencyKey, signal }: ProviderCall,
  ): Promise<SavedMethodResult> {
    const response = await fetch(`${this.url}/methods`, {
      method: 'POST',
      headers: { 'idempotency-key': idempotencyKey },
      body: JSON.stringify(request),
      signal,
    });
    const answer = (await response.json()) as VaultAnswer;
    if (answer.declined !== undefined || answer.id === undefined) {
      const failure = {
        kind: 'declined' as const,
        code: answer.declined ?? 'odd',
        message: 'The vault says no.',
      };
      return { status: 'failed', providerCustomerId: null, savedMethodId: null, instrument: null, failure };
    }
    return {
      status: 'succeeded',
      savedMethodId: answer.id,
      providerCustomerId: answer.customer ?? null,
      failure: null,
      instrument: {
        type: 'card',
        brand: 'visa',
        last4: answer.last4 ?? null,
        expiryMonth: 12,
        expiryYear: 2031,
        fingerprint: answer.fingerprint ?? null,
        issuingCountry: null,
        threeDSecure: null,
      },
    };
  }

  async delete(id: string, { idempotencyKey, signal }: ProviderCall): Promise<'deleted' | 'unknown'> {
    const response = await fetch(`${this.url}/methods/${id}`, {
      method: 'DELETE',
      headers: { 'idempotency-key': idempotencyKey },
      signal,
    });
    return response.ok || response.status === 404 ? 'deleted' : 'unknown';
  }
}
