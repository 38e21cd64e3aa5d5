import { createHmac } from 'node:crypto';
import {
  json,
  newId,
  type BackendMessage,
  type BackendReply,
  type BackendRequest,
  type LedgerEntry,
  type PaymentBackend,
} from './backend';
import { Localstripe, type StripeJson } from './localstripe';

/** What localstripe does not remember of a payment. */
interface Extra {
  captured: number;
  /** The refund by which it writes down what was reserved and not captured. */
  release: string | null;
  authenticated: boolean;
}

interface Dispute {
  id: string;
  object: 'dispute';
  charge: string;
  payment_intent: string;
  amount: number;
  currency: string;
  reason: string;
  status: string;
  evidence_details: { due_by: number };
}

const FEE = (amount: number): number => Math.round(amount * 0.015) + 25;

/** Parameters that Stripe takes and localstripe refuses. */
const UNKNOWN_TO_LOCALSTRIPE =
  /^(description|return_url|automatic_payment_methods|expand|reason|cancellation_reason)\b/;

export interface StripeBackendOptions {
  /** Where localstripe answers. */
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
}

/**
 * Stripe as far as the shop uses it: localstripe, and what it lacks. That is tokens made payment methods, lists by time,
 * amounts captured and capturable, caps of captures and refunds, an intent within its error, fees, disputes, early
 * fraud warnings, and all events.
 */
export class StripeBackend implements PaymentBackend {
  onMessage: (message: BackendMessage) => void = () => undefined;
  private readonly localstripe: Localstripe;
  private readonly extras = new Map<string, Extra>();
  private readonly disputes: Dispute[] = [];
  private readonly numbers = new Map<string, [string, string][]>();
  private readonly queues = new Map<string, Promise<unknown>>();
  /** A shop has its own account: other tests' payments in the same localstripe are none of it. */
  private readonly intents: string[] = [];
  /** Each as it was shown after its last change: localstripe takes its time for lists of hundreds. */
  private readonly shown = new Map<string, StripeJson>();

  constructor(private readonly options: StripeBackendOptions) {
    this.localstripe = new Localstripe(options.url, options.apiKey);
  }

  async handle(request: BackendRequest): Promise<BackendReply> {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key !== this.options.apiKey)
      return refusal(401, 'invalid_request_error', undefined, 'Invalid API Key provided');
    const [, version, resource, id, action] = request.path.split('/');
    const form = [...new URLSearchParams(request.method === 'GET' ? request.query : request.body)] as [
      string,
      string,
    ][];
    const route = `${request.method} ${version}/${resource}${id === undefined ? '' : '/id'}${action ? `/${action}` : ''}`;
    switch (route) {
      case 'POST v1/payment_intents':
        return await this.createIntent(form);
      case 'GET v1/payment_intents':
        return json(200, this.listIntents(request.query));
      case 'GET v1/payment_intents/id':
        return await this.showIntent(id!);
      case 'POST v1/payment_intents/id/capture':
        return await this.inTurn(id!, () => this.capture(id!, form));
      case 'POST v1/payment_intents/id/cancel':
        return await this.inTurn(id!, () => this.cancel(id!));
      case 'POST v1/refunds':
        return await this.inTurn(valueOf(form, 'payment_intent') ?? '', () => this.refund(form));
      case 'GET v1/refunds':
        return json(200, list(await this.refundsOf(request.query.get('charge') ?? '')));
      case 'GET v1/disputes':
        return json(
          200,
          list(
            this.disputes.filter(dispute => dispute.payment_intent === request.query.get('payment_intent')),
          ),
        );
      case 'POST v1/payment_methods':
        return await this.pass(request, this.cardOfToken(form));
      case 'POST v1/tokens': {
        const reply = await this.localstripe.send('POST', '/v1/tokens', form);
        this.numbers.set(String(reply.value.id), form);
        return json(reply.status, reply.value);
      }
      default:
        return await this.pass(request, form);
    }
  }

  conflict(kind: 'in_use' | 'other_request'): BackendReply {
    return kind === 'in_use'
      ? refusal(
          409,
          'invalid_request_error',
          'idempotency_key_in_use',
          'Another request with this key is at work.',
        )
      : refusal(400, 'idempotency_error', undefined, 'The key was used with other parameters.');
  }

  failure(status: number): BackendReply {
    return refusal(status, 'api_error', undefined, 'An unknown error occurred');
  }

  async ledger(): Promise<LedgerEntry[]> {
    return await Promise.all(
      this.intents.map(async id => {
        const intent = await this.present(id);
        const charge = intent.latest_charge as { id: string } | null;
        const refunds = await this.refundsOf(charge?.id ?? '');
        return {
          transactionId: id,
          reference: (intent.metadata as Record<string, string>).reference ?? null,
          status: String(intent.status),
          currency: String(intent.currency).toUpperCase(),
          amount: Number(intent.amount),
          captured: Number(intent.amount_received),
          refunded: refunds
            .filter(refund => refund.id !== this.extras.get(id)?.release)
            .reduce((total, refund) => total + Number(refund.amount), 0),
        };
      }),
    );
  }

  /** As the shopper's browser does with the bank's page, by localstripe's own call for it. */
  async authenticate(id: string, success: boolean): Promise<void> {
    const intent = await this.localstripe.get(`/v1/payment_intents/${id}`);
    this.extraOf(id).authenticated = success;
    await this.localstripe.send('POST', `/v1/payment_intents/${id}/_authenticate`, [
      ['client_secret', String(intent.client_secret)],
      ['success', String(success)],
    ]);
    await this.announceIntent(id);
  }

  /** As Stripe's script in the shopper's browser does with the client secret. */
  async confirmInBrowser(clientSecret: string, paymentMethod: string): Promise<void> {
    const id = clientSecret.split('_secret_')[0]!;
    await this.localstripe.send('POST', `/v1/payment_intents/${id}`, [['payment_method', paymentMethod]]);
    await this.localstripe.send('POST', `/v1/payment_intents/${id}/confirm`);
    await this.announceIntent(id);
  }

  /** The cardholder complains to the bank. */
  async dispute(id: string, reason = 'fraudulent'): Promise<string> {
    const intent = await this.present(id);
    const dispute: Dispute = {
      id: newId('dp'),
      object: 'dispute',
      charge: String((intent.latest_charge as StripeJson).id),
      payment_intent: id,
      amount: Number(intent.amount_received),
      currency: String(intent.currency),
      reason,
      status: 'needs_response',
      evidence_details: { due_by: seconds() + 7 * 86_400 },
    };
    this.disputes.push(dispute);
    this.announce('charge.dispute.created', { ...dispute });
    return dispute.id;
  }

  closeDispute(disputeId: string, status: 'won' | 'lost'): void {
    const dispute = this.disputes.find(({ id }) => id === disputeId)!;
    dispute.status = status;
    this.announce('charge.dispute.closed', { ...dispute });
  }

  async warn(id: string): Promise<void> {
    const { latest_charge: charge } = await this.present(id);
    this.announce('radar.early_fraud_warning.created', {
      id: newId('issfr'),
      object: 'radar.early_fraud_warning',
      charge: (charge as StripeJson).id,
      payment_intent: id,
      actionable: true,
      fraud_type: 'made_with_stolen_card',
    });
  }

  /** Stripe's signature over the body as it is sent. */
  signature(body: string, timestamp = seconds(), secret = this.options.webhookSecret): string {
    return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  }

  private async createIntent(form: [string, string][]): Promise<BackendReply> {
    const known = form.filter(([name]) => !UNKNOWN_TO_LOCALSTRIPE.test(name));
    const { status, value } = await this.localstripe.send('POST', '/v1/payment_intents', known);
    const error = value.error as StripeJson | undefined;
    if (status === 200) {
      const id = String(value.id);
      await this.book(id);
      return await this.showIntent(id);
    }
    if (status !== 402 || error === undefined) return json(status, completed(value, status));
    const charge = await this.localstripe.get(`/v1/charges/${String(error.charge)}`);
    const id = String(charge.payment_intent);
    await this.book(id);
    return json(402, {
      error: {
        ...error,
        type: 'card_error',
        decline_code: 'generic_decline',
        payment_intent: await this.present(id),
      },
    });
  }

  /** In no list before it can be shown. */
  private async book(id: string): Promise<void> {
    await this.present(id);
    this.intents.unshift(id);
    await this.announceIntent(id);
  }

  private listIntents(query: URLSearchParams): StripeJson {
    const since = Number(query.get('created[gte]') ?? 0);
    const limit = Number(query.get('limit') ?? 10);
    const after = query.get('starting_after');
    const from = after === null ? 0 : this.intents.indexOf(after) + 1;
    const page = this.intents.slice(from, from + limit).map(id => this.shown.get(id)!);
    return {
      ...list(page.filter(intent => Number(intent.created) >= since)),
      has_more: this.intents.length > from + limit,
    };
  }

  private async showIntent(id: string): Promise<BackendReply> {
    const { status, value } = await this.localstripe.send('GET', `/v1/payment_intents/${id}`);
    return status === 200 ? json(200, await this.present(id)) : json(status, completed(value, status));
  }

  private async capture(id: string, form: [string, string][]): Promise<BackendReply> {
    const intent = await this.present(id).catch(() => null);
    if (intent === null) return missing();
    if (intent.status !== 'requires_capture') return unexpectedState(intent);
    const amount = Number(valueOf(form, 'amount_to_capture') ?? intent.amount);
    if (amount > Number(intent.amount_capturable)) {
      return refusal(400, 'invalid_request_error', 'amount_too_large', 'More than was reserved');
    }
    await this.localstripe.send('POST', `/v1/payment_intents/${id}/capture`, [
      ['amount_to_capture', String(amount)],
    ]);
    const extra = this.extraOf(id);
    extra.captured = amount;
    if (amount < Number(intent.amount)) {
      const refunds = await this.refundsOf(String((intent.latest_charge as StripeJson).id));
      extra.release = String(refunds[0]!.id);
    }
    const shown = await this.present(id);
    this.announce('charge.captured', shown.latest_charge as StripeJson);
    this.announce('payment_intent.succeeded', shown);
    return json(200, shown);
  }

  private async cancel(id: string): Promise<BackendReply> {
    const intent = await this.present(id).catch(() => null);
    if (intent === null) return missing();
    const { status } = await this.localstripe.send('POST', `/v1/payment_intents/${id}/cancel`);
    if (status !== 200) return unexpectedState(intent);
    await this.announceIntent(id);
    return await this.showIntent(id);
  }

  private async refund(form: [string, string][]): Promise<BackendReply> {
    const id = valueOf(form, 'payment_intent') ?? '';
    const intent = await this.present(id).catch(() => null);
    if (intent === null) return missing();
    const charge = intent.latest_charge as StripeJson | null;
    if (charge === null || Number(intent.amount_received) === 0) {
      return refusal(
        400,
        'invalid_request_error',
        undefined,
        'This payment has no successful charge to refund.',
      );
    }
    const { release } = this.extraOf(id);
    const given = (await this.refundsOf(String(charge.id)))
      .filter(refund => refund.id !== release)
      .reduce((total, refund) => total + Number(refund.amount), 0);
    const left = Number(intent.amount_received) - given;
    if (left === 0)
      return refusal(400, 'invalid_request_error', 'charge_already_refunded', 'Already refunded');
    if (Number(valueOf(form, 'amount') ?? left) > left) {
      return refusal(
        400,
        'invalid_request_error',
        undefined,
        'Refund amount is greater than unrefunded amount',
      );
    }
    const known = form.filter(([name]) => !UNKNOWN_TO_LOCALSTRIPE.test(name));
    const { status, value } = await this.localstripe.send('POST', '/v1/refunds', known);
    if (status !== 200) return json(status, completed(value, status));
    this.announce('refund.created', value);
    this.announce('charge.refunded', (await this.present(id)).latest_charge as StripeJson);
    return json(200, {
      ...value,
      balance_transaction: { ...balance(0, intent), id: value.balance_transaction },
    });
  }

  private async pass({ method, path }: BackendRequest, form: [string, string][]): Promise<BackendReply> {
    const { status, value } = await this.localstripe.send(method, path, form);
    if (status === 402) (value.error as StripeJson).type = 'card_error';
    return json(status, completed(value, status));
  }

  /** A payment method by a token: localstripe wants the number, which it showed nobody but us. */
  private cardOfToken(form: [string, string][]): [string, string][] {
    const token = valueOf(form, 'card[token]');
    if (token === undefined) return form;
    return [...form.filter(([name]) => name !== 'card[token]'), ...(this.numbers.get(token) ?? [])];
  }

  /** An intent as Stripe shows it, with all that may be expanded. @throws where there is none */
  private async present(id: string): Promise<StripeJson> {
    const intent = await this.localstripe.get(`/v1/payment_intents/${id}`);
    const extra = this.extraOf(id);
    const charge = intent.latest_charge as StripeJson | null;
    const amount = Number(intent.amount);
    if (intent.status === 'succeeded' && extra.captured === 0) extra.captured = amount;
    const method = await this.presentMethod(intent);
    const shown = {
      ...intent,
      amount_received: extra.captured,
      amount_capturable: intent.status === 'requires_capture' ? amount : 0,
      payment_method: method,
      latest_charge:
        charge === null
          ? null
          : {
              ...charge,
              metadata: intent.metadata,
              amount_captured: extra.captured,
              disputed: this.disputes.some(dispute => dispute.payment_intent === id),
              balance_transaction: extra.captured > 0 ? balance(FEE(extra.captured), intent) : null,
              refunds: list(await this.refundsOf(String(charge.id))),
              payment_method_details: {
                type: 'card',
                card: {
                  ...(method?.card as StripeJson),
                  three_d_secure: extra.authenticated ? { result: 'authenticated' } : null,
                },
              },
            },
    };
    this.shown.set(id, shown);
    return shown;
  }

  /** Localstripe shows a token's card as a card; to Stripe every one is a method. */
  private async presentMethod(intent: StripeJson): Promise<StripeJson | null> {
    const id = intent.payment_method ?? (intent.latest_charge as StripeJson | null)?.payment_method;
    if (typeof id !== 'string' || id === 'pm_card_visa') return null;
    const { status, value } = await this.localstripe.send('GET', `/v1/payment_methods/${id}`);
    if (status !== 200) return null;
    const card = (value.card ?? value) as StripeJson;
    return {
      id,
      object: 'payment_method',
      type: 'card',
      card: {
        brand: String(card.brand).toLowerCase(),
        last4: card.last4,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        country: card.country,
        fingerprint: card.fingerprint,
      },
    };
  }

  /** The released rest stands among them, as at Stripe: without a balance entry. */
  private async refundsOf(charge: string): Promise<StripeJson[]> {
    if (charge === '') return [];
    const releases = new Set([...this.extras.values()].map(({ release }) => release));
    const refunds = (
      await this.localstripe.get('/v1/refunds', [
        ['charge', charge],
        ['limit', '1000'],
      ])
    ).data;
    return (refunds as StripeJson[]).map(refund =>
      releases.has(String(refund.id)) ? { ...refund, balance_transaction: null } : refund,
    );
  }

  private extraOf(id: string): Extra {
    const extra = this.extras.get(id) ?? { captured: 0, release: null, authenticated: false };
    this.extras.set(id, extra);
    return extra;
  }

  private async announceIntent(id: string): Promise<void> {
    const intent = await this.present(id);
    const name = {
      requires_payment_method: intent.last_payment_error ? 'payment_failed' : 'created',
      requires_confirmation: 'created',
      requires_action: 'requires_action',
      requires_capture: 'amount_capturable_updated',
      processing: 'processing',
      succeeded: 'succeeded',
      canceled: 'canceled',
    }[String(intent.status)];
    this.announce(`payment_intent.${name}`, intent);
  }

  private announce(type: string, object: StripeJson | Dispute): void {
    const body = JSON.stringify({
      id: newId('evt'),
      object: 'event',
      api_version: '2023-08-16',
      created: seconds(),
      livemode: false,
      pending_webhooks: 1,
      type,
      data: { object },
    });
    const headers = () => ({ 'content-type': 'application/json', 'stripe-signature': this.signature(body) });
    this.onMessage({ name: type, body, headers });
  }

  /** One at a time for each payment, as Stripe does by locks. */
  private inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(id) ?? Promise.resolve();
    const result = before.then(work, work);
    this.queues.set(
      id,
      result.catch(() => undefined),
    );
    return result;
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000);

const list = (data: unknown[]): StripeJson => ({ object: 'list', data, has_more: false });

const valueOf = (form: [string, string][], name: string): string | undefined =>
  form.find(([found]) => found === name)?.[1];

const balance = (fee: number, intent: StripeJson): StripeJson => ({
  id: 'txn_shown',
  object: 'balance_transaction',
  currency: intent.currency,
  fee,
});

function refusal(status: number, type: string, code: string | undefined, message: string): BackendReply {
  return json(status, { error: { type, message, ...(code === undefined ? {} : { code }) } });
}

const missing = (): BackendReply =>
  refusal(404, 'invalid_request_error', 'resource_missing', 'No such payment_intent');

const unexpectedState = (intent: StripeJson): BackendReply =>
  json(400, {
    error: {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `The payment is ${String(intent.status)}.`,
      payment_intent: intent,
    },
  });

/** Localstripe's errors have no code where Stripe's have one. */
function completed(value: StripeJson, status: number): StripeJson {
  if (status !== 404) return value;
  return { error: { ...(value.error as StripeJson), code: 'resource_missing' } };
}
