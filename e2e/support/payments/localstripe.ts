/** One request to localstripe. */
export interface LocalstripeReply {
  readonly status: number;
  readonly value: StripeJson;
}

export type StripeJson = Record<string, unknown>;

/** Speaks to localstripe as Stripe's own library does: forms out, JSON back. */
export class Localstripe {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  async send(
    method: string,
    path: string,
    form: readonly [string, string][] = [],
  ): Promise<LocalstripeReply> {
    const fields = new URLSearchParams(form.map(([name, value]): [string, string] => [name, value]));
    const query = method === 'GET' && fields.size > 0 ? `?${fields.toString()}` : '';
    const response = await fetch(`${this.url}${path}${query}`, {
      method,
      headers: { Authorization: `Bearer ${this.apiKey}` },
      ...(method === 'GET' ? {} : { body: fields }),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, value: (await response.json()) as StripeJson };
  }

  /** @throws where it is not there */
  async get(path: string, form: readonly [string, string][] = []): Promise<StripeJson> {
    const { status, value } = await this.send('GET', path, form);
    if (status !== 200)
      throw new Error(`localstripe answers ${status} to GET ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}
