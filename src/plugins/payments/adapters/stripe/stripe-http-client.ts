import type Stripe from 'stripe';
import { transport, type TransportReply } from '../http/transport';

/**
 * Stripe's library over our transport. Its own client sends a request again after a broken connection, whatever
 * `maxNetworkRetries` says, waits for ever for the rest of a cut answer, and takes no signal.
 */
export class StripeHttpClient implements Stripe.HttpClient {
  constructor(private readonly signal: AbortSignal) {}

  getClientName(): string {
    return 'tradewind';
  }

  async makeRequest(
    host: string,
    port: string | number,
    path: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    headers: object,
    requestData: string | null,
    protocol: Stripe.HttpProtocol,
  ): Promise<Stripe.HttpClientResponse> {
    const url = new URL(`${protocol}://${host}:${port}${path}`);
    const known = headers as Record<string, string | number>;
    const request = { url, method, headers: known, body: requestData ?? '' };
    return new StripeHttpResponse(await transport(request, this.signal));
  }
}

class StripeHttpResponse implements Stripe.HttpClientResponse {
  constructor(private readonly reply: TransportReply) {}

  getStatusCode(): number {
    return this.reply.status;
  }

  getHeaders(): Record<string, string> {
    return { ...this.reply.headers };
  }

  getRawResponse(): object {
    return { statusCode: this.reply.status };
  }

  toStream(): never {
    throw new Error('no answer is streamed');
  }

  /** What is no object is no answer of Stripe's, and would make its library throw something else. */
  toJSON(): Promise<object> {
    return new Promise(resolve => {
      const value: unknown = JSON.parse(this.reply.text);
      if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object');
      resolve(value);
    });
  }
}
