import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '../wait-for';

/** What a warehouse was told, as `WarehouseNotice` has it. */
export interface Notice {
  kind: 'fulfill' | 'recall';
  orderId: string;
  orderCode: string;
  pickLists: { id: string; lines: { orderLineId: string; quantity: number }[] }[];
}

/**
 * A warehouse as a shop has to expect it: it acts once per `Idempotency-Key`, and is at times too busy, slow, or gone
 * before it has said that it acted.
 */
export class WarehouseHook {
  /** What it acted on, by key, in the order in which it did. */
  readonly acted = new Map<string, Notice>();
  /** How often each key was taken. */
  readonly taken = new Map<string, number>();
  /** Keys that came again with something else to do. */
  readonly contradicted: string[] = [];
  calls = 0;

  private constructor(
    private readonly server: Server,
    private readonly random: () => number,
  ) {}

  static async open(random: () => number): Promise<WarehouseHook> {
    const server = createServer();
    const hook = new WarehouseHook(server, random);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // A caller that was killed has no use for an answer.
      hook.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return hook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.calls += 1;
    const mood = this.random();
    if (mood < 0.15) {
      response.writeHead(503).end('busy');
      return;
    }
    this.act(String(request.headers['idempotency-key']), Buffer.concat(chunks).toString());
    if (mood < 0.25) {
      response.destroy();
      return;
    }
    if (mood < 0.4) await sleep(mood * 3_000);
    response.writeHead(202).end();
  }

  private act(key: string, body: string): void {
    const notice = JSON.parse(body) as Notice;
    this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
    const first = this.acted.get(key);
    if (first === undefined) this.acted.set(key, notice);
    else if (JSON.stringify(first) !== JSON.stringify(notice)) this.contradicted.push(key);
  }
}
