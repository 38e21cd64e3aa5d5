import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DueCall {
  key: string;
  signed: boolean;
  body: { type: string; caseId: string; orderCode: string };
}

/** Somebody who is told of due cases by webhook. */
export class DueReceiver {
  readonly calls: DueCall[] = [];
  /** The status of the next answers, one each; 204 when there is none. */
  readonly answers: number[] = [];
  /** How many calls it did not take. */
  refused = 0;

  private constructor(
    private readonly secret: string,
    private readonly server: Server,
  ) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const status = this.answers.shift() ?? 204;
        if (status < 300) this.take(request.headers, Buffer.concat(chunks).toString());
        else this.refused += 1;
        response.writeHead(status).end();
      });
    });
  }

  static async start(secret: string): Promise<DueReceiver> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new DueReceiver(secret, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/due`;
  }

  of(orderCode: string): DueCall[] {
    return this.calls.filter(({ body }) => body.orderCode === orderCode);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private take(headers: IncomingHttpHeaders, text: string): void {
    const timestamp = String(headers['x-tradewind-timestamp']);
    const expected = `v1=${createHmac('sha256', this.secret).update(`${timestamp}.${text}`).digest('hex')}`;
    const given = String(headers['x-tradewind-signature']);
    const signed =
      given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
    this.calls.push({
      key: String(headers['idempotency-key']),
      signed,
      body: JSON.parse(text) as DueCall['body'],
    });
  }
}
