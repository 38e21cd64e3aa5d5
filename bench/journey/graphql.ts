import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Answer<T> {
  data?: T | null;
  errors?: { message: string }[];
}

const OPERATIONS = join(__dirname, '../../../load/operations');

const texts = new Map<string, string>();

/** The text of load/operations/<name>.graphql, which k6 sends as well; read from the disk once. */
export function readOperation(name: string): string {
  const text = texts.get(name) ?? readFileSync(join(OPERATIONS, `${name}.graphql`), 'utf8');
  texts.set(name, text);
  return text;
}

/** A client of one GraphQL API that keeps the session's token. */
export class GraphQlClient {
  constructor(
    private readonly url: string,
    public token?: string,
  ) {}

  /** @throws Error with the first GraphQL error, or the HTTP status when there is no answer */
  async send<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(60_000),
    });
    this.token = response.headers.get('vendure-auth-token') ?? this.token;
    const answer = (await response.json()) as Answer<T>;
    if (answer.errors !== undefined || answer.data == null) {
      throw new Error(answer.errors?.[0]?.message ?? `HTTP ${response.status}`);
    }
    return answer.data;
  }
}
