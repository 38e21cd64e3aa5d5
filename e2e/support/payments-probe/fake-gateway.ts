import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderTransaction } from '../../../src/plugins/payments';
import { newId, type BackendMessage } from '../payments/backend';
import { WebhookSender } from '../payments/webhook-sender';
import { sleep } from '../wait-for';
import { SIGNATURE_HEADER, signed } from '../webhook-probe/signed-provider';

/** What goes wrong with one request: its reply is lost after or before it took effect, or the gateway is in trouble. */
export type Fault = 'reply-lost' | 'request-lost' | 'unavailable' | 'server-error' | 'html';

export interface GatewayRequest {
  operation: 'authorize' | 'capture' | 'void' | 'refund' | 'query';
  provider: string;
  reference: string;
  transactionId?: string | null;
  amount?: number;
  currency?: string;
  captureMethod?: 'automatic' | 'manual';
  token?: string | null;
}

export interface Held {
  provider: string;
  transactionId: string;
  reference: string;
  currency: string;
  amount: number;
  captured: number;
  refunds: {
    refundId: string;
    reference: string;
    amount: number;
    status: 'pending' | 'succeeded' | 'failed';
  }[];
  state: 'authorized' | 'succeeded' | 'cancelled' | 'failed' | 'pending';
  fees: number | null;
}

/** What the gateway says: the probe provider turns it into the port's words. */
export interface GatewayReply {
  outcome: 'ok' | 'pending' | 'declined' | 'invalid' | 'none';
  transactionId?: string;
  clientSecret?: string;
  transaction?: ProviderTransaction;
}

/** Decides what happens to a request; nothing is an ordinary answer. */
export type FaultPlan = (
  request: GatewayRequest,
) => { fault?: Fault | undefined; delayMs?: number | undefined } | undefined;

/**
 * A payment gateway that keeps accounts: it acts once on an idempotency key, refuses what is not there, and can be told
 * to lose replies. What it has taken and given back is what a test compares the shop with.
 */
export class FakeGateway {
  plan: FaultPlan = () => undefined;
  /** Whether refunds take their time, as by bank transfer: `endRefunds` ends them. */
  slowRefunds = false;
  readonly requests: GatewayRequest[] = [];
  /** Tells the shop of all that it has done; nobody, as long as no address is set. */
  readonly webhooks = new WebhookSender();
  /** The most requests that it worked on at the same time. */
  mostAtOnce = 0;
  private atOnce = 0;
  private readonly payments = new Map<string, Held>();
  private readonly answers = new Map<string, GatewayReply>();
  private readonly server: Server;
  private ids = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      this.serve(request, response)
        .catch(() => response.destroy())
        .finally(() => (this.atOnce -= 1));
    });
  }

  static async start(): Promise<FakeGateway> {
    const gateway = new FakeGateway();
    await new Promise<void>(resolve => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.webhooks.stop();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** All payments that money was reserved or taken for. */
  charged(): Held[] {
    return [...this.payments.values()].filter(
      ({ state, captured }) => state === 'authorized' || captured > 0,
    );
  }

  /** What it has taken and kept, in all. */
  kept(): number {
    return [...this.payments.values()].reduce((sum, held) => sum + held.captured - refunded(held), 0);
  }

  byReference(reference: string): Held | undefined {
    return [...this.payments.values()].find(held => held.reference === reference);
  }

  /** What the shopper does in the browser with a payment that waits for it. */
  confirm(reference: string): void {
    const held = this.byReference(reference);
    if (held?.state !== 'pending') throw new Error(`The payment ${reference} waits for nobody.`);
    held.state = 'succeeded';
    held.captured = held.amount;
  }

  /** Sends the shop a message about a payment, a new one each time. */
  tell(reference: string, type = 'confirm'): BackendMessage {
    const body = JSON.stringify({
      id: newId('msg'),
      type: `payment.${type}`,
      payment: this.byReference(reference)?.transactionId,
      reference,
    });
    const headers = () => ({ 'content-type': 'application/json', [SIGNATURE_HEADER]: signed(body) });
    const message = { name: type, body, headers };
    this.webhooks.accept(message);
    return message;
  }

  /** The bank has done, or refused, all refunds that were under way. */
  endRefunds(status: 'succeeded' | 'failed'): void {
    for (const held of this.payments.values()) {
      held.refunds = held.refunds.map(refund =>
        refund.status === 'pending' ? { ...refund, status } : refund,
      );
    }
  }

  /** What somebody does on the provider's own pages, without the shop. */
  byHand(transactionId: string, change: (held: Held) => void): void {
    const held = this.payments.get(transactionId);
    if (held === undefined) throw new Error(`There is no payment ${transactionId}.`);
    change(held);
  }

  /** Gives money back on the provider's own pages. */
  refundByHand(transactionId: string, amount: number): void {
    const refundId = this.nextId('re');
    this.byHand(transactionId, ({ refunds }) =>
      refunds.push({ refundId, reference: '', amount, status: 'succeeded' }),
    );
  }

  /** A payment that no shop has asked for. Gives its id. */
  takeByHand(provider: string, amount: number, currency: string): string {
    const { transactionId = '' } = this.authorize({
      operation: 'authorize',
      provider,
      reference: `by-hand-${this.ids}`,
      amount,
      currency,
      token: 'good',
    });
    return transactionId;
  }

  /** As if it had never been there. */
  forget(transactionId: string): void {
    this.payments.delete(transactionId);
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = JSON.parse(Buffer.concat(chunks).toString()) as GatewayRequest;
    this.requests.push(request);
    const { fault, delayMs } = this.plan(request) ?? {};
    if (fault === 'unavailable') return reply(response, 503, { retryable: true });
    if (fault === 'request-lost') return void response.destroy();
    const key = String(incoming.headers['idempotency-key'] ?? '');
    const answer = this.once(request, key);
    if (delayMs !== undefined) await sleep(delayMs);
    if (fault === 'reply-lost') return void response.destroy();
    if (fault === 'server-error') return reply(response, 500, { error: 'oops' });
    if (fault === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end('<html>Bad gateway</html>');
    }
    return reply(response, 200, answer);
  }

  private once(request: GatewayRequest, key: string): GatewayReply {
    if (request.operation === 'query') return this.find(request);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.act(request);
    this.answers.set(key, answer);
    const about = request.operation === 'authorize' ? answer.transactionId : request.transactionId;
    const held = this.payments.get(about ?? '');
    if (held !== undefined) this.tell(held.reference, request.operation);
    return answer;
  }

  private act(request: GatewayRequest): GatewayReply {
    if (request.operation === 'authorize') return this.authorize(request);
    const held = this.payments.get(request.transactionId ?? '');
    if (held === undefined) return { outcome: 'invalid' };
    if (request.operation === 'void') {
      if (held.state !== 'authorized' && held.state !== 'pending') return { outcome: 'invalid' };
      held.state = 'cancelled';
      return { outcome: 'ok', transactionId: held.transactionId };
    }
    const amount = request.amount ?? 0;
    if (request.operation === 'capture') {
      if (held.state !== 'authorized' || amount > held.amount) return { outcome: 'invalid' };
      held.state = 'succeeded';
      held.captured = amount;
      return { outcome: 'ok', transactionId: held.transactionId };
    }
    if (refunded(held) + amount > held.captured) return { outcome: 'invalid' };
    const refundId = this.nextId('re');
    const status = this.slowRefunds ? 'pending' : 'succeeded';
    held.refunds.push({ refundId, reference: request.reference, amount, status });
    return { outcome: this.slowRefunds ? 'pending' : 'ok', transactionId: refundId };
  }

  private authorize({ token, ...request }: GatewayRequest): GatewayReply {
    if (token === 'declined') return { outcome: 'declined' };
    const transactionId = this.nextId('tx');
    const amount = request.amount ?? 0;
    const manual = request.captureMethod === 'manual';
    const held: Held = {
      provider: request.provider,
      transactionId,
      reference: request.reference,
      currency: request.currency ?? '',
      amount,
      captured: manual || token == null ? 0 : amount,
      refunds: [],
      fees: null,
      state: token == null ? 'pending' : manual ? 'authorized' : 'succeeded',
    };
    this.payments.set(transactionId, held);
    if (token == null) return { outcome: 'ok', transactionId, clientSecret: `secret-${transactionId}` };
    return { outcome: 'ok', transactionId };
  }

  private find({ transactionId, reference, provider }: GatewayRequest): GatewayReply {
    const held = transactionId == null ? this.byReference(reference) : this.payments.get(transactionId);
    if (held?.provider !== provider) return { outcome: 'none' };
    return {
      outcome: 'ok',
      transaction: {
        transactionId: held.transactionId,
        reference: held.reference,
        status: held.state,
        currency: held.currency,
        amount: held.amount,
        capturable: held.state === 'authorized' ? held.amount : 0,
        captured: held.captured,
        refunded: refunded(held),
        fees: held.fees,
        failure: null,
        instrument: null,
        refunds: held.refunds,
        disputed: false,
      },
    };
  }

  private nextId(kind: string): string {
    this.ids += 1;
    return `${kind}_${process.pid}_${this.ids}`;
  }
}

function refunded({ refunds }: Held): number {
  return refunds.reduce((sum, { amount, status }) => sum + (status === 'failed' ? 0 : amount), 0);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
