import type {
  AuthorizeRequest,
  CaptureRequest,
  PaymentInstrument,
  PaymentProvider,
  ProviderCall,
  ProviderDispute,
  ProviderEvent,
  ProviderResult,
  ProviderTransaction,
  QueryRequest,
  RefundRequest,
  VoidRequest,
  WebhookHeaders,
} from '../../../src/plugins/payments';
import { SIGNATURE_HEADER, signed } from '../webhook-probe/signed-provider';
import type { GatewayReply, GatewayRequest } from './fake-gateway';

/** A message of the gateway. */
export interface GatewayMessage {
  id: string;
  type: string;
  payment: string;
  reference?: string;
  at?: string;
  dispute?: Omit<ProviderDispute, 'respondBy'>;
}

type Body = Omit<GatewayRequest, 'provider'>;

/** Speaks with the tests' FakeGateway. */
export class ProbeProvider implements PaymentProvider {
  readonly capabilities = {
    methodTypes: ['card', 'digital_wallet'] as const,
    manualCapture: true,
    partialCapture: true,
    savedMethods: false,
    clientConfirmation: true,
  };

  constructor(
    readonly code: string,
    private readonly url: string,
  ) {}

  authorize(request: AuthorizeRequest, call: ProviderCall): Promise<ProviderResult> {
    const { reference, amount, currency, captureMethod, method } = request;
    return this.send(
      { operation: 'authorize', reference, amount, currency, captureMethod, token: method.token },
      call,
    );
  }

  capture(request: CaptureRequest, call: ProviderCall): Promise<ProviderResult> {
    return this.send({ operation: 'capture', ...request }, call);
  }

  void(request: VoidRequest, call: ProviderCall): Promise<ProviderResult> {
    return this.send({ operation: 'void', ...request }, call);
  }

  refund({ reason: _, ...request }: RefundRequest, call: ProviderCall): Promise<ProviderResult> {
    return this.send({ operation: 'refund', ...request }, call);
  }

  async query(
    { transactionId, reference }: QueryRequest,
    call: Pick<ProviderCall, 'signal'>,
  ): Promise<ProviderTransaction | null> {
    const response = await this.post({ operation: 'query', transactionId, reference }, call);
    const answer = (await response.json()) as GatewayReply;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return answer.outcome === 'none' ? null : (answer.transaction ?? null);
  }

  verifyWebhook(body: Buffer, headers: WebhookHeaders): boolean {
    return headers[SIGNATURE_HEADER] === signed(body);
  }

  parseWebhook(body: Buffer): ProviderEvent {
    const { id, type, payment, reference, at, dispute } = JSON.parse(
      body.toString(),
    ) as Partial<GatewayMessage>;
    return {
      eventId: id ?? '',
      type: type ?? '',
      kind: dispute === undefined ? 'payment' : 'dispute',
      transactionId: payment ?? null,
      reference: reference ?? null,
      occurredAt: at === undefined ? null : new Date(at),
      dispute: dispute === undefined ? null : { ...dispute, respondBy: null },
    };
  }

  private async send(body: Body, call: ProviderCall): Promise<ProviderResult> {
    const nothing = {
      transactionId: null,
      amount: 0,
      fees: null,
      failure: null,
      next: null,
      instrument: null,
    };
    const failed = (kind: 'declined' | 'unavailable' | 'invalid', code: string): ProviderResult => ({
      ...nothing,
      status: 'failed',
      failure: { kind, code, message: `The gateway says: ${code}.` },
    });
    let response: Response;
    try {
      response = await this.post(body, call);
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      if (cause?.code === 'ECONNREFUSED') return failed('unavailable', 'connection_refused');
      return { ...nothing, status: 'unknown' };
    }
    if (response.status === 503) return failed('unavailable', 'out_of_order');
    if (!response.ok) return { ...nothing, status: 'unknown' };
    const answer = (await response.json()) as GatewayReply;
    if (answer.outcome === 'declined') return failed('declined', 'card_declined');
    if (answer.outcome === 'invalid') return failed('invalid', 'not_possible');
    if (answer.clientSecret !== undefined) {
      return {
        ...nothing,
        status: 'pending',
        transactionId: answer.transactionId ?? null,
        next: { clientSecret: answer.clientSecret, redirectUrl: null },
      };
    }
    const transactionId = answer.transactionId ?? null;
    if (answer.outcome === 'pending') return { ...nothing, status: 'processing', transactionId };
    const manual = body.operation === 'authorize' && body.captureMethod === 'manual';
    return {
      ...nothing,
      instrument: cardOf(body.token),
      status: manual ? 'authorized' : 'succeeded',
      transactionId,
      amount: body.amount ?? 0,
    };
  }

  private post(body: Body, call: Partial<ProviderCall>): Promise<Response> {
    return fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
      },
      body: JSON.stringify({ provider: this.code, ...body }),
      signal: call.signal ?? null,
    });
  }
}

/** A token such as `card-1` stands for the card of that name. */
function cardOf(token: string | null | undefined): PaymentInstrument | null {
  if (token?.startsWith('card-') !== true) return null;
  return {
    type: 'card',
    brand: 'visa',
    last4: '4242',
    expiryMonth: 12,
    expiryYear: 2030,
    fingerprint: token,
    issuingCountry: 'GB',
    threeDSecure: null,
  };
}
