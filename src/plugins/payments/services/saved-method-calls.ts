import { Inject, Injectable } from '@nestjs/common';
import { Logger, type Customer } from '@vendure/core';
import { PAYMENTS_PLUGIN_OPTIONS, loggerCtx } from '../constants';
import type { SavedPaymentMethod } from '../entities/saved-payment-method.entity';
import { DEFAULT_CALL_TIMEOUT_MS, type PaymentsPluginOptions } from '../options';
import type { PaymentProvider, ProviderCall, SavedMethodResult } from '../types';
import { withinTime } from './within-time';

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
  private readonly timeoutMs: number;

  constructor(@Inject(PAYMENTS_PLUGIN_OPTIONS) options: PaymentsPluginOptions) {
    this.timeoutMs = options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS;
  }

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
    const result = await this.call(provider, `sm-${reference}`, call =>
      provider.createSavedMethod!(request, call),
    );
    return result === undefined || isWrong(result) ? UNKNOWN : result;
  }

  /** @returns whether it is certain that the provider does not have it any more */
  async delete(
    provider: PaymentProvider,
    { savedMethodId, reference }: SavedPaymentMethod,
  ): Promise<boolean> {
    if (savedMethodId === null || provider.deleteSavedMethod === undefined) return true;
    const answer = await this.call(provider, `sm-del-${reference}`, call =>
      provider.deleteSavedMethod!(savedMethodId, call),
    );
    return answer === 'deleted';
  }

  private async call<T>(
    provider: PaymentProvider,
    idempotencyKey: string,
    operation: (call: ProviderCall) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await withinTime(this.timeoutMs, signal => operation({ idempotencyKey, signal }));
    } catch (error) {
      // The message may hold anything that the provider sent.
      const name = error instanceof Error ? error.name : typeof error;
      Logger.warn(
        `${provider.code} gave no answer about a saved method that can be read (${name})`,
        loggerCtx,
      );
      return undefined;
    }
  }
}

/** A success without an id, or with one that no column takes. */
function isWrong({ status, savedMethodId, providerCustomerId }: SavedMethodResult): boolean {
  if (status !== 'succeeded') return false;
  const fits = (id: string | null) => id === null || id.length <= MOST_OF_AN_ID;
  return savedMethodId === null || !fits(savedMethodId) || !fits(providerCustomerId);
}
