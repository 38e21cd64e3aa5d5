import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A payment provider that agrees to everything, after a while. */
export class FakeProvider {
  delayMs = 0;
  private made = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeProvider> {
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        provider.made += 1;
        const body = JSON.stringify({ id: `tx_${provider.made}` });
        setTimeout(() => {
          response.writeHead(200, { 'content-type': 'application/json' }).end(body);
        }, provider.delayMs);
      });
    });
    const provider = new FakeProvider(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
