import { Inject, Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import CircuitBreaker from 'opossum';
import { loggerCtx, PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import { DEFAULT_BREAKER, DEFAULT_CALL_TIMEOUT_MS, type PaymentsPluginOptions } from '../../options';
import type { PaymentProvider, ProviderCall, ProviderFailure, ProviderResult } from '../../types';
import { withinTime } from './within-time';

type Operation<T> = (call: ProviderCall) => Promise<T>;

/** What came of a call: a result; nothing that can be read (`lost`); or it was not made, as the provider is in trouble. */
export type Called<T> = { readonly result: T } | 'lost' | 'not_made';

const ROLLING_MS = 30_000;

/**
 * Calls providers: with a time limit, an idempotency key and a circuit breaker for each. Never throws; what cannot be
 * known is `unknown`.
 */
@Injectable()
export class ProviderCallsService {
  private readonly breakers = new Map<string, CircuitBreaker<[() => Promise<Tried>], Tried>>();
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
    provider: Pick<PaymentProvider, 'code'>,
    idempotencyKey: string,
    operation: Operation<ProviderResult>,
  ): Promise<ProviderResult> {
    const called = await this.guarded(
      provider,
      idempotencyKey,
      operation,
      ({ status, failure }) => status === 'unknown' || failure?.kind === 'unavailable',
    );
    if (called === 'lost') return { ...NOTHING, status: 'unknown' };
    if (called === 'not_made') return { ...NOTHING, status: 'failed', failure: CIRCUIT_OPEN };
    return called.result;
  }

  /**
   * Makes a call that changes something at the provider, unless the circuit is open.
   *
   * @param isTrouble whether a result speaks against the provider
   */
  async guarded<T>(
    provider: Pick<PaymentProvider, 'code'>,
    idempotencyKey: string,
    operation: Operation<T>,
    isTrouble: (result: T) => boolean,
  ): Promise<Called<T>> {
    const attempt = async (): Promise<Tried<T>> => {
      const called = await this.once(provider.code, operation, idempotencyKey);
      return { called, trouble: called === 'lost' || isTrouble(called.result) };
    };
    try {
      return ((await this.breaker(provider.code).fire(attempt)) as Tried<T>).called;
    } catch (error) {
      return error instanceof TroubleSign ? (error.tried as Tried<T>).called : 'not_made';
    }
  }

  /** For questions, which change nothing: without the breaker, because their answers end uncertainty. */
  async ask<T>(question: (call: Pick<ProviderCall, 'signal'>) => Promise<T>): Promise<T> {
    return withinTime(this.timeoutMs, signal => question({ signal }));
  }

  private breaker(code: string): CircuitBreaker<[() => Promise<Tried>], Tried> {
    const known = this.breakers.get(code);
    if (known !== undefined) return known;
    const breaker = new CircuitBreaker(async (attempt: () => Promise<Tried>) => {
      const tried = await attempt();
      if (tried.trouble) throw new TroubleSign(tried);
      return tried;
    }, this.breakerOptions);
    breaker.on('open', () => Logger.warn(`${code} does not answer: no calls for a while`, loggerCtx));
    breaker.on('close', () => Logger.info(`${code} answers again`, loggerCtx));
    this.breakers.set(code, breaker);
    return breaker;
  }

  private async once<T>(
    code: string,
    operation: Operation<T>,
    idempotencyKey: string,
  ): Promise<{ result: T } | 'lost'> {
    try {
      return { result: await withinTime(this.timeoutMs, signal => operation({ idempotencyKey, signal })) };
    } catch (error) {
      // The message may hold anything that the provider sent.
      const name = error instanceof Error ? error.name : typeof error;
      Logger.warn(`${code} gave no answer that can be read (${name})`, loggerCtx);
      return 'lost';
    }
  }
}

interface Tried<T = unknown> {
  readonly called: Called<T>;
  readonly trouble: boolean;
}

/** Tells the breaker of trouble, and carries what came of the call past it. */
class TroubleSign extends Error {
  constructor(readonly tried: Tried) {
    super('The provider is in trouble.');
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

/** Why a call was not made. */
export const CIRCUIT_OPEN: ProviderFailure = {
  kind: 'unavailable',
  code: 'circuit_open',
  message: 'The payment provider is not available at the moment.',
};
