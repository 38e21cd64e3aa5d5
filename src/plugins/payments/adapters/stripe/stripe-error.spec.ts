import * as fc from 'fast-check';
import { TransportError } from '../http/transport';
import { intentOfError, isMissing, verdictOfStripeError } from './stripe-error';

const verdict = (statusCode: number, rawType: string, more: object = {}) =>
  verdictOfStripeError({ statusCode, rawType, ...more });

describe('verdictOfStripeError', () => {
  it('a card that was declined', () => {
    expect(verdict(402, 'card_error', { code: 'card_declined', decline_code: 'insufficient_funds' })).toEqual(
      {
        status: 'failed',
        failure: { kind: 'declined', code: 'insufficient_funds', message: 'The card has not enough funds.' },
      },
    );
    expect(verdict(400, 'card_error', { code: 'incorrect_number' })).toMatchObject({
      failure: { kind: 'declined' },
    });
  });

  it.each([
    [401, 'invalid_request_error', 'authentication_failed'],
    [403, 'invalid_request_error', 'permission_denied'],
    [429, 'rate_limit_error', 'rate_limited'],
  ])('%i: nothing was done', (status, type, code) => {
    expect(verdict(status, type)).toMatchObject({ status: 'failed', failure: { kind: 'unavailable', code } });
  });

  it('a request that is wrong', () => {
    expect(verdict(400, 'invalid_request_error', { code: 'amount_too_large' })).toMatchObject({
      status: 'failed',
      failure: { kind: 'invalid', code: 'amount_too_large' },
    });
    expect(verdict(404, 'invalid_request_error', { code: 'resource_missing' })).toMatchObject({
      failure: { kind: 'invalid', code: 'resource_missing' },
    });
  });

  it('a connection that never was', () => {
    expect(verdictOfStripeError({ detail: new TransportError('econnrefused', false) })).toMatchObject({
      status: 'failed',
      failure: { kind: 'unavailable', code: 'connection_failed' },
    });
  });

  it('proves nothing where the key was used for another request, or the thing was done before', () => {
    expect(verdict(400, 'idempotency_error').status).toBe('unknown');
    expect(verdict(409, 'invalid_request_error', { code: 'idempotency_key_in_use' }).status).toBe('unknown');
    expect(verdict(400, 'invalid_request_error', { code: 'charge_already_captured' }).status).toBe('unknown');
  });

  it('is failed only where it is proven, whatever comes', () => {
    const anything = fc.record(
      {
        statusCode: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constant(undefined), fc.string()),
        rawType: fc.oneof(
          fc.constantFrom(
            'card_error',
            'invalid_request_error',
            'api_error',
            'idempotency_error',
            'rate_limit_error',
          ),
          fc.string(),
          fc.constant(undefined),
        ),
        code: fc.anything(),
        decline_code: fc.anything(),
        detail: fc.oneof(
          fc.anything(),
          fc.boolean().map(sent => new TransportError('reset', sent)),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, fc.anything()), error => {
        const result = verdictOfStripeError(error);
        const { statusCode, rawType, detail } = (error ?? {}) as Record<string, unknown>;
        const neverSent = detail instanceof TransportError && !detail.sent;
        const stripeSaysNo =
          String(rawType).endsWith('_error') && [400, 401, 402, 403, 404, 429].includes(statusCode as number);
        if (result.status === 'failed') expect(neverSent || stripeSaysNo).toBe(true);
        if (detail instanceof TransportError && detail.sent) expect(result.status).toBe('unknown');
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes an error of somebody else for none', () => {
    // As a gateway writes it, and Stripe's library reads it.
    expect(verdict(401, 'Unauthorized').status).toBe('unknown');
    expect(verdict(403, 'forbidden').status).toBe('unknown');
  });

  it('repeats nothing of what Stripe wrote', () => {
    const secret = 'sk_live_secret 4242424242424242';
    const results = [400, 401, 402, 403, 404, 429].map(status =>
      verdict(status, 'card_error', {
        code: secret,
        decline_code: secret,
        message: secret,
        raw: { message: secret },
      }),
    );
    expect(JSON.stringify(results)).not.toContain('4242');
  });
});

it('isMissing: only where Stripe says so', () => {
  expect(isMissing({ statusCode: 404, rawType: 'invalid_request_error', code: 'resource_missing' })).toBe(
    true,
  );
  expect(isMissing({ statusCode: 404 })).toBe(false);
  // An address that Stripe does not know, such as a wrong version in its path.
  expect(isMissing({ statusCode: 404, rawType: 'invalid_request_error' })).toBe(false);
  expect(isMissing({ statusCode: 400, rawType: 'invalid_request_error', code: 'resource_missing' })).toBe(
    false,
  );
  expect(isMissing(undefined)).toBe(false);
});

it('intentOfError', () => {
  const payment_intent = { id: 'pi_1', status: 'succeeded', amount_received: 700 };
  expect(intentOfError({ payment_intent })).toEqual({ id: 'pi_1', status: 'succeeded', received: 700 });
  expect(intentOfError({ payment_intent: { id: 'pi_1', status: 'canceled' } })?.received).toBeNull();
  expect(intentOfError({ payment_intent: 'pi_1' })).toBeNull();
  expect(intentOfError(new Error('x'))).toBeNull();
});
