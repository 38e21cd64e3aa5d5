import {
  json,
  newId,
  type BackendMessage,
  type BackendReply,
  type BackendRequest,
  type LedgerEntry,
  type PaymentBackend,
} from './backend';

interface Amount {
  value: string;
  currency: string;
}

interface Refund {
  id: string;
  status: string;
  cents: number;
  metadata: unknown;
}

interface Payment {
  id: string;
  status: string;
  createdAt: string;
  description: string;
  cents: number;
  currency: string;
  captured: number;
  captureMode: string;
  method: string | null;
  metadata: { reference?: string } | null;
  redirectUrl: string;
  refunds: Refund[];
  captures: object[];
  chargedBack: number;
}

/** Of the error answers that Mollie's documentation shows. */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized Request',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
};

/** Mollie's payments API as its documentation has it, as far as the shop uses it: for currencies with two decimals. */
export class MollieBackend implements PaymentBackend {
  onMessage: (message: BackendMessage) => void = () => undefined;
  /** Newest first. */
  private readonly payments: Payment[] = [];

  constructor(private readonly apiKey: string) {}

  handle(request: BackendRequest): Promise<BackendReply> {
    return Promise.resolve(this.answer(request));
  }

  conflict(kind: 'in_use' | 'other_request'): BackendReply {
    return kind === 'in_use' ? refusal(409) : refusal(400);
  }

  failure(status: number): BackendReply {
    return refusal(status);
  }

  ledger(): Promise<LedgerEntry[]> {
    return Promise.resolve(
      this.payments.map(payment => ({
        transactionId: payment.id,
        reference: payment.metadata?.reference ?? null,
        status: payment.status,
        currency: payment.currency,
        amount: payment.cents,
        captured: payment.captured,
        refunded: refundedOf(payment),
      })),
    );
  }

  /** What the shopper does on Mollie's page. */
  shopper(id: string, does: 'pay' | 'fail' | 'leave'): void {
    const payment = this.payments.find(known => known.id === id)!;
    if (payment.status !== 'open') throw new Error(`The payment is ${payment.status}.`);
    payment.method ??= 'creditcard';
    if (does === 'pay') {
      payment.status = payment.captureMode === 'manual' ? 'authorized' : 'paid';
      if (payment.status === 'paid') payment.captured = payment.cents;
    } else {
      payment.status = does === 'fail' ? 'failed' : 'expired';
    }
    this.announce(payment);
  }

  chargeBack(id: string): void {
    const payment = this.payments.find(known => known.id === id)!;
    payment.chargedBack = payment.captured;
    this.announce(payment);
  }

  settleRefund(refundId: string, status: 'refunded' | 'failed'): void {
    const payment = this.payments.find(({ refunds }) => refunds.some(({ id }) => id === refundId))!;
    payment.refunds.find(({ id }) => id === refundId)!.status = status;
    this.announce(payment);
  }

  private answer({ method, path, query, headers, body }: BackendRequest): BackendReply {
    if (headers.authorization !== `Bearer ${this.apiKey}`) return refusal(401);
    const [, version, resource, id, action] = path.split('/');
    if (version !== 'v2' || resource !== 'payments') return refusal(404);
    const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    if (id === undefined) return method === 'POST' ? this.create(sent) : this.list(query);
    const payment = this.payments.find(known => known.id === id);
    if (payment === undefined) return refusal(404);
    switch (`${method} ${action ?? ''}`) {
      case 'GET ':
        return json(200, shown(payment));
      case 'DELETE ':
        if (payment.status !== 'open') return refusal(422);
        payment.status = 'canceled';
        this.announce(payment);
        return json(200, shown(payment));
      case 'POST release-authorization':
        if (payment.status !== 'authorized') return refusal(422);
        payment.status = 'canceled';
        this.announce(payment);
        return { status: 202, body: '' };
      case 'POST captures':
        return this.capture(payment, sent);
      case 'POST refunds':
        return this.refund(payment, sent);
      default:
        return refusal(404);
    }
  }

  private create(sent: Record<string, unknown>): BackendReply {
    const cents = centsOf(sent.amount);
    if (cents === null || cents === 0) return refusal(422, 'amount');
    if (typeof sent.description !== 'string') return refusal(422, 'description');
    if (typeof sent.redirectUrl !== 'string') return refusal(422, 'redirectUrl');
    const payment: Payment = {
      id: newId('tr'),
      status: 'open',
      createdAt: new Date().toISOString(),
      description: sent.description,
      cents,
      currency: (sent.amount as Amount).currency,
      captured: 0,
      captureMode: sent.captureMode === 'manual' ? 'manual' : 'automatic',
      method: typeof sent.method === 'string' ? sent.method : null,
      metadata: sent.metadata ?? null,
      redirectUrl: sent.redirectUrl,
      refunds: [],
      captures: [],
      chargedBack: 0,
    };
    this.payments.unshift(payment);
    return json(201, shown(payment));
  }

  private list(query: URLSearchParams): BackendReply {
    const limit = Number(query.get('limit') ?? 50);
    const cursor = query.get('from');
    const from = cursor === null ? 0 : this.payments.findIndex(({ id }) => id === cursor);
    const next = this.payments[from + limit];
    const link =
      next === undefined
        ? null
        : { href: `https://api.mollie.com/v2/payments?from=${next.id}&limit=${limit}` };
    const payments = this.payments.slice(from, from + limit).map(shown);
    return json(200, {
      count: payments.length,
      _embedded: { payments },
      _links: { self: { href: 'https://api.mollie.com/v2/payments' }, previous: null, next: link },
    });
  }

  private capture(payment: Payment, sent: Record<string, unknown>): BackendReply {
    const cents = sent.amount === undefined ? payment.cents : centsOf(sent.amount);
    if (payment.status !== 'authorized') return refusal(422);
    if (cents === null || cents === 0 || cents > payment.cents) return refusal(422, 'amount');
    // One capture for a card: the rest is let go.
    payment.status = 'paid';
    payment.captured = cents;
    this.announce(payment);
    const capture = {
      resource: 'capture',
      id: newId('cpt'),
      mode: 'test',
      status: 'succeeded',
      amount: amountOf(cents, payment.currency),
      paymentId: payment.id,
      metadata: sent.metadata ?? null,
      createdAt: new Date().toISOString(),
      _links: {},
    };
    payment.captures.push(capture);
    return json(201, capture);
  }

  private refund(payment: Payment, sent: Record<string, unknown>): BackendReply {
    const cents = centsOf(sent.amount);
    if (payment.status !== 'paid') return refusal(422);
    if (cents === null || cents === 0 || cents > payment.captured - refundedOf(payment))
      return refusal(422, 'amount');
    const refund: Refund = {
      id: newId('re'),
      status: 'pending',
      cents,
      metadata: sent.metadata ?? null,
    };
    payment.refunds.push(refund);
    this.announce(payment);
    return json(201, shownRefund(refund, payment));
  }

  private announce({ id }: Payment): void {
    const body = new URLSearchParams({ id }).toString();
    const headers = () => ({ 'content-type': 'application/x-www-form-urlencoded' });
    this.onMessage({ name: 'payment.changed', body, headers });
  }
}

const refundedOf = ({ refunds }: Payment): number =>
  refunds.filter(({ status }) => status !== 'failed').reduce((total, { cents }) => total + cents, 0);

const amountOf = (cents: number, currency: string): Amount => ({ value: (cents / 100).toFixed(2), currency });

function centsOf(amount: unknown): number | null {
  const { value, currency } = (amount ?? {}) as Partial<Amount>;
  if (typeof value !== 'string' || !/^\d+\.\d{2}$/.test(value) || !/^[A-Z]{3}$/.test(currency ?? ''))
    return null;
  return Number(value.replace('.', ''));
}

function shown(payment: Payment): object {
  const { currency, captured, method, status } = payment;
  const refunded = refundedOf(payment);
  return {
    resource: 'payment',
    id: payment.id,
    mode: 'test',
    status,
    createdAt: payment.createdAt,
    description: payment.description,
    amount: amountOf(payment.cents, currency),
    ...(captured > 0 ? { amountCaptured: amountOf(captured, currency) } : {}),
    ...(status === 'paid'
      ? {
          amountRefunded: amountOf(refunded, currency),
          amountRemaining: amountOf(captured - refunded, currency),
        }
      : {}),
    captureMode: payment.captureMode,
    method,
    metadata: payment.metadata,
    redirectUrl: payment.redirectUrl,
    profileId: 'pfl_test',
    sequenceType: 'oneoff',
    details: detailsOf(payment),
    _embedded: {
      captures: payment.captures,
      refunds: payment.refunds.map(refund => shownRefund(refund, payment)),
      chargebacks:
        payment.chargedBack > 0
          ? [
              {
                resource: 'chargeback',
                id: 'chb_1',
                amount: amountOf(payment.chargedBack, currency),
                reversedAt: null,
              },
            ]
          : [],
    },
    _links: {
      self: { href: `https://api.mollie.com/v2/payments/${payment.id}` },
      ...(status === 'open' ? { checkout: { href: `https://www.mollie.com/checkout/${payment.id}` } } : {}),
    },
  };
}

function detailsOf({ method, status }: Payment): object | null {
  if (method !== 'creditcard' || status === 'open') return null;
  return {
    cardNumber: '4242',
    cardLabel: 'Visa',
    cardCountryCode: 'BE',
    cardFingerprint: 'fingerprint-of-4242',
    cardSecurity: '3dsecure',
    ...(status === 'failed' ? { failureReason: 'insufficient_funds' } : {}),
  };
}

function shownRefund({ id, status, cents, metadata }: Refund, payment: Payment): object {
  return {
    resource: 'refund',
    id,
    mode: 'test',
    status,
    amount: amountOf(cents, payment.currency),
    metadata,
    paymentId: payment.id,
    createdAt: new Date().toISOString(),
    _links: {},
  };
}

function refusal(status: number, field?: string): BackendReply {
  const title = TITLES[status] ?? 'Internal Server Error';
  return json(status, {
    status,
    title,
    detail: title,
    ...(field === undefined ? {} : { field }),
    _links: {},
  });
}
