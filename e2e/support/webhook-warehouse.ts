import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WarehouseCall {
  key: string;
  signed: boolean;
  body: {
    kind: 'fulfill' | 'recall';
    orderCode: string;
    pickLists: { id: string; lines: { sku: string; quantity: number }[] }[];
  };
}

/** A warehouse that is told by webhook, and acts once per key. */
export class WebhookWarehouse {
  /** Every call that was accepted. */
  readonly accepted: WarehouseCall[] = [];
  /** The status of the next answers, one each; 204 when there is none. */
  readonly answers: number[] = [];
  private server: Server | undefined;

  constructor(private readonly secret: string) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}/orders`;
  }

  /** What it did for an order: a second call with the same key does nothing. */
  tasks(orderCode: string): WarehouseCall[] {
    const seen = new Set<string>();
    return this.accepted.filter(({ key, body }) => {
      if (body.orderCode !== orderCode || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = this.answers.shift() ?? 204;
        if (status < 300) {
          this.accepted.push({
            key: String(request.headers['idempotency-key']),
            signed: this.isSigned(request.headers, text),
            body: JSON.parse(text) as WarehouseCall['body'],
          });
        }
        response.writeHead(status).end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => this.server?.close(resolve) ?? resolve(undefined));
  }

  /** As the README tells a receiver to check it. */
  private isSigned(headers: NodeJS.Dict<string | string[]>, text: string): boolean {
    const timestamp = String(headers['x-tradewind-timestamp']);
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
    const expected = `v1=${createHmac('sha256', this.secret).update(`${timestamp}.${text}`).digest('hex')}`;
    const given = String(headers['x-tradewind-signature']);
    return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  }
}
