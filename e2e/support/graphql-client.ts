export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; [key: string]: unknown };
}

export interface GraphqlAnswer<T> {
  status: number;
  data: T | null;
  errors: GraphqlError[];
}

/** The server answered with GraphQL errors where the caller expected data. */
export class GraphqlRequestError extends Error {
  constructor(readonly errors: GraphqlError[]) {
    super(errors.map(error => `${error.extensions?.code ?? 'no code'}: ${error.message}`).join('; '));
    this.name = 'GraphqlRequestError';
  }
}

/** No GraphQL answer at all: no connection, or something that is no JSON. */
export class TransportError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportError';
  }
}

/** How the session is kept: by the token of the answer's header, or by cookies as a browser would. */
export type SessionMode = 'bearer' | 'cookie';

export interface ClientOptions {
  session?: SessionMode;
  headers?: Record<string, string>;
  /** How long an answer may take, in ms. */
  timeoutMs?: number;
}

const TOKEN_HEADER = 'vendure-auth-token';

/** A client of one GraphQL API with a session of its own. */
export class GraphqlClient {
  token: string | undefined;
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    private readonly options: ClientOptions = {},
  ) {}

  /** The data of an operation; throws GraphqlRequestError if there are errors. */
  async request<T>(document: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await this.send<T>(document, variables);
    if (answer.errors.length > 0 || answer.data === null) throw new GraphqlRequestError(answer.errors);
    return answer.data;
  }

  /** Whatever the server answers to an operation. */
  send<T>(document: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer<T>> {
    return this.post<T>(JSON.stringify({ query: document, variables }));
  }

  /** Whatever the server answers to a body, which may be broken. */
  async post<T>(body: string): Promise<GraphqlAnswer<T>> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.options.headers, ...this.sessionHeaders() },
        body,
        signal: AbortSignal.timeout(this.options.timeoutMs ?? 30_000),
      });
      text = await response.text();
    } catch (error) {
      throw new TransportError(`${this.url} did not answer: ${(error as Error).message}`, { cause: error });
    }
    this.keepSession(response);
    let parsed: { data?: T | null; errors?: GraphqlError[] };
    try {
      parsed = JSON.parse(text) as typeof parsed;
    } catch {
      throw new TransportError(`${this.url} answered ${response.status} with no JSON: ${text.slice(0, 200)}`);
    }
    return { status: response.status, data: parsed.data ?? null, errors: parsed.errors ?? [] };
  }

  private sessionHeaders(): Record<string, string> {
    if (this.options.session === 'cookie') {
      if (this.cookies.size === 0) return {};
      return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    }
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }

  private keepSession(response: Response): void {
    this.token = response.headers.get(TOKEN_HEADER) ?? this.token;
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const separator = pair.indexOf('=');
      this.cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
    }
  }
}
