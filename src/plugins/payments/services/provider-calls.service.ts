import { Inject, Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import CircuitBreaker from 'opossum';
import { loggerCtx, PAYMENTS_PLUGIN_OPTIONS } from '../constants';
import { DEFAULT_BREAKER, DEFAULT_CALL_TIMEOUT_MS, type PaymentsPluginOptions } from '../options';
import type { PaymentProvider, ProviderCall, ProviderResult } from '../types';
import { withinTime } from './within-time';

type Operation = (call: ProviderCall) => Promise<ProviderResult>;

const ROLLING_MS = 30_000;

/**
 * Calls providers: with a time limit, an idempotency key and a circuit breaker for each. Never throws; what cannot be
 * known is `unknown`.
 */
@Injectable()
export class ProviderCallsService {
  private readonly breakers = new Map<string, CircuitBreaker<[Operation, string], ProviderResult>>();
  private readonly timeoutMs: number;
  private readonly breakerOptions: CircuitBreaker.Options;

  constructor(@Inject(PAYMENTS_PLUGIN_OPTIONS) options: PaymentsPluginOptions) {
    this.timeoutMs = options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS;
    this.breakerOptions = {
      ...DEFAULT_BREAKER,
      ...options.breaker,
      rollingCountTimeout: ROLLING_MS,
      timeout: false,
    };
  }

  /** @param idempotencyKey the same for every repetition of the operation */
  async make(
    provider: PaymentProvider,
    idempotencyKey: string,
    operation: Operation,
  ): Promise<ProviderResult> {
    try {
      return await this.breaker(provider.code).fire(operation, idempotencyKey);
    } catch (error) {
      if (error instanceof TroubleSign) return error.result;
      return unavailable('circuit_open', 'The payment provider is not available at the moment.');
    }
  }

  /** For questions, which change nothing: without the breaker, because their answers end uncertainty. */
  async ask<T>(question: (call: Pick<ProviderCall, 'signal'>) => Promise<T>): Promise<T> {
    return withinTime(this.timeoutMs, signal => question({ signal }));
  }

  private breaker(code: string): CircuitBreaker<[Operation, string], ProviderResult> {
    const known = this.breakers.get(code);
    if (known !== undefined) return known;
    const breaker = new CircuitBreaker(async (operation: Operation, idempotencyKey: string) => {
      const result = await this.once(code, operation, idempotencyKey);
      if (result.status === 'unknown' || result.failure?.kind === 'unavailable')
        throw new TroubleSign(result);
      return result;
    }, this.breakerOptions);
    breaker.on('open', () => Logger.warn(`${code} does not answer: no calls for a while`, loggerCtx));
    breaker.on('close', () => Logger.info(`${code} answers again`, loggerCtx));
    this.breakers.set(code, breaker);
    return breaker;
  }

  private async once(code: string, operation: Operation, idempotencyKey: string): Promise<ProviderResult> {
    try {
      return await withinTime(this.timeoutMs, signal => operation({ idempotencyKey, signal }));
    } catch (error) {
      // The message may hold anything that the provider sent.
      const name = error instanceof Error ? error.name : typeof error;
      Logger.warn(`${code} gave no answer that can be read (${name})`, loggerCtx);
      return { ...NOTHING, status: 'unknown' };
    }
  }
}

/** Tells the breaker of trouble, and carries the result past it. */
class TroubleSign extends Error {
  constructor(readonly result: ProviderResult) {
    super(result.status);
  }
}

const NOTHING = {
  transactionId: null,
  amount: 0,
  fees: null,
  failure: null,
  next: null,
  instrument: null,
} satisfies Omit<ProviderResult, 'status'>;

function unavailable(code: string, message: string): ProviderResult {
  return { ...NOTHING, status: 'failed', failure: { kind: 'unavailable', code, message } };
}
