import { Injectable } from '@nestjs/common';
import type { Customer } from '@vendure/core';
import type { SavedPaymentMethod } from '../../entities/saved-payment-method.entity';
import type { PaymentProvider, SavedMethodResult } from '../../types';
import { CIRCUIT_OPEN, ProviderCallsService } from '../providers/provider-calls.service';

const UNKNOWN: SavedMethodResult = {
  status: 'unknown',
  providerCustomerId: null,
  savedMethodId: null,
  instrument: null,
  failure: null,
};

/** No provider's id is longer; a longer one could not be stored. */
const MOST_OF_AN_ID = 255;

/** Asks providers to keep methods and to delete them. Never throws: an answer that cannot be read is `unknown`. */
@Injectable()
export class SavedMethodCalls {
  constructor(private readonly calls: ProviderCallsService) {}

  /** For the same method always with the same idempotency key: the provider keeps it once. */
  async create(
    provider: PaymentProvider,
    method: SavedPaymentMethod,
    customer: Customer,
  ): Promise<SavedMethodResult> {
    const { token, reference, providerCustomerId } = method;
    if (provider.createSavedMethod === undefined || token === null) return UNKNOWN;
    const request = {
      token,
      customer: {
        id: String(customer.id),
        providerCustomerId,
        email: customer.emailAddress,
        name: `${customer.firstName} ${customer.lastName}`.trim(),
      },
    };
    const called = await this.calls.guarded(
      provider,
      `sm-${reference}`,
      call => provider.createSavedMethod!(request, call),
      ({ status, failure }) => status === 'unknown' || failure?.kind === 'unavailable',
    );
    if (called === 'not_made') return { ...UNKNOWN, status: 'failed', failure: CIRCUIT_OPEN };
    return called === 'lost' || isWrong(called.result) ? UNKNOWN : called.result;
  }

  /** @returns whether it is certain that the provider does not have it any more */
  async delete(
    provider: PaymentProvider,
    { savedMethodId, reference }: SavedPaymentMethod,
  ): Promise<boolean> {
    if (savedMethodId === null || provider.deleteSavedMethod === undefined) return true;
    const called = await this.calls.guarded(
      provider,
      `sm-del-${reference}`,
      call => provider.deleteSavedMethod!(savedMethodId, call),
      answer => answer === 'unknown',
    );
    return typeof called !== 'string' && called.result === 'deleted';
  }
}

/** A success without an id, or with one that no column takes. */
function isWrong({ status, savedMethodId, providerCustomerId }: SavedMethodResult): boolean {
  if (status !== 'succeeded') return false;
  const fits = (id: string | null) => id === null || id.length <= MOST_OF_AN_ID;
  return savedMethodId === null || !fits(savedMethodId) || !fits(providerCustomerId);
}
