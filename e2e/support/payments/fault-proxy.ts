import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BackendReply, BackendRequest, PaymentBackend } from './backend';
import { plannedFault, type Fault, type FaultPlan } from './faults';
import { Idempotent } from './idempotent';
import { WebhookSender } from './webhook-sender';

export interface ProxyCall {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
  readonly fault: Fault | null;
  /** What the provider answered, whether or not it arrived; nothing where it never saw the request. */
  readonly status: number | null;
}

/**
 * Stands between the shop and a provider, and lets things go wrong: those that a test names, or those of a seeded plan.
 * The provider behind it acts once per idempotency key.
 */
export class FaultProxy {
  readonly calls: ProxyCall[] = [];
  readonly webhooks = new WebhookSender();
  /** For requests that no test has named a fault for. */
  plan: FaultPlan | null = null;
  private readonly named: { matches: (request: BackendRequest) => boolean; fault: Fault }[] = [];
  private readonly provider: Idempotent;
  private server: Server | null = null;
  private listenedOn = 0;

  constructor(private readonly backend: PaymentBackend) {
    this.provider = new Idempotent(backend);
    backend.onMessage = this.webhooks.accept;
  }

  get port(): number {
    return this.listenedOn;
  }

  get url(): string {
    return `http://127.0.0.1:${this.listenedOn}`;
  }

  /** The next request of that method and path goes wrong so. `path` may be the beginning only. */
  next(method: string, path: string, fault: Fault): void {
    this.named.push({
      matches: request => request.method === method && request.path.startsWith(path),
      fault,
    });
  }

  /** @param port a free one, if it is 0; the same again after `down` */
  async up(port = this.listenedOn): Promise<void> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.listenedOn = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Nobody listens from now on: connections are refused. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    const closed = new Promise(resolve => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async stop(): Promise<void> {
    this.webhooks.stop();
    await this.down();
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    const fault = this.faultFor(request);
    const reached = fault === null || !('reached' in fault) || fault.reached;
    let reply: BackendReply | null = null;
    if (reached) {
      reply = await this.provider.handle(request);
      if (fault?.kind === 'duplicate') await this.provider.handle(request);
    }
    const { method, path, body } = request;
    const key = request.headers['idempotency-key'];
    this.calls.push({ method, path, body, key, fault, status: reply?.status ?? null });
    await this.reply(response, fault, reply);
  }

  private async reply(
    response: ServerResponse,
    fault: Fault | null,
    reply: BackendReply | null,
  ): Promise<void> {
    switch (fault?.kind) {
      case 'drop':
        response.socket?.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'status':
        send(response, this.backend.failure(fault.status));
        return;
      case 'html':
        send(response, { status: 502, contentType: 'text/html', body: '<html><h1>Bad Gateway</h1></html>' });
        return;
      case 'empty':
        send(response, { status: 200, body: '' });
        return;
      case 'cut': {
        const bytes = Buffer.from(reply?.body ?? '');
        response.writeHead(reply?.status ?? 200, {
          'Content-Type': 'application/json',
          'Content-Length': bytes.length,
        });
        response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
        return;
      }
      case 'delay':
        await new Promise(resolve => setTimeout(resolve, fault.ms));
        break;
      case 'duplicate':
      case undefined:
        break;
    }
    send(response, reply!);
  }

  private faultFor(request: BackendRequest): Fault | null {
    const index = this.named.findIndex(({ matches }) => matches(request));
    if (index >= 0) return this.named.splice(index, 1)[0]!.fault;
    return this.plan === null ? null : plannedFault(this.plan);
  }
}

function send(response: ServerResponse, { status, contentType, body }: BackendReply): void {
  response.writeHead(status, {
    ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function read(incoming: IncomingMessage): Promise<BackendRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://proxy');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
