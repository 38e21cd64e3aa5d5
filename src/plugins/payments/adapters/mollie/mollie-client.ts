import createMollieClient from '@mollie/api-client';
import { PaymentsConfigurationError } from '../../errors';
import { transport } from '../http/transport';

export type MollieClient = ReturnType<typeof createMollieClient>;

/** Mollie's answer that says no, in its own form. The text stays out: it may repeat what was sent. */
export class MollieRefusal extends Error {
  constructor(
    readonly status: number,
    /** The parameter that is wrong. */
    readonly field: string | null,
  ) {
    super(`Mollie refused (${status}).`);
    this.name = 'MollieRefusal';
  }
}

interface MollieRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Send = (pathname: string, request?: MollieRequest) => Promise<unknown>;

/**
 * Mollie's library over our transport, for one call. Its own sends a request up to three times where Mollie answers
 * with 5xx, takes no signal, and hides why a connection failed. There is no setting for that, so its one function that
 * sends is replaced.
 */
export function mollieClient(
  options: { apiKey: string; apiEndpoint: string },
  signal: AbortSignal,
): MollieClient {
  const client = createMollieClient(options);
  const outer = (client.payments as unknown as { networkClient?: { networkClient?: { request?: Send } } })
    .networkClient;
  const network = outer?.networkClient;
  if (typeof network?.request !== 'function') {
    throw new PaymentsConfigurationError('this version of @mollie/api-client is built in another way.');
  }
  network.request = async (pathname, request = {}) => {
    const url = new URL(pathname, options.apiEndpoint);
    const { status, text } = await transport(
      {
        url,
        method: request.method ?? 'GET',
        headers: {
          Authorization: `Bearer ${options.apiKey}`,
          Accept: 'application/hal+json',
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(request.body ?? ''),
          'User-Agent': 'Tradewind',
          ...request.headers,
        },
        body: request.body ?? '',
      },
      signal,
    );
    return contentOf(status, text);
  };
  return client;
}

/** @throws what Mollie says no by; another error for what is no answer of Mollie's */
export function contentOf(status: number, text: string): unknown {
  // The only ones that Mollie leaves empty.
  if ((status === 202 || status === 204) && text === '') return true;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object');
  if (status >= 200 && status < 300) return value;
  const said = value as { status?: unknown; title?: unknown; field?: unknown };
  // Anything on the way may answer in JSON: only Mollie repeats its status.
  if (said.status !== status || typeof said.title !== 'string')
    throw new SyntaxError('not an error of Mollie');
  throw new MollieRefusal(status, typeof said.field === 'string' ? said.field : null);
}
