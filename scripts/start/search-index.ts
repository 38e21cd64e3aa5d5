import type { Secrets } from '../../src/config/secrets';

const POLL_MS = 1_000;

interface GraphQlAnswer<T> {
  data?: T;
  errors?: { message: string }[];
}

/** The Admin API of the running shop, as its first staff member. */
class AdminApi {
  private token: string | undefined;

  constructor(private readonly baseUrl: string) {}

  async login(superadmin: Secrets['superadmin']): Promise<void> {
    const answer = await this.query<{ login: { __typename: string } }>(
      `mutation StartLogin($username: String!, $password: String!) {
        login(username: $username, password: $password) { __typename }
      }`,
      { username: superadmin.identifier, password: superadmin.password },
    );
    if (answer.login.__typename !== 'CurrentUser') {
      throw new Error('the staff password of the database is another one than the generated or set one');
    }
  }

  async query<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.baseUrl}/admin-api`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    this.token = response.headers.get('vendure-auth-token') ?? this.token;
    const answer = (await response.json()) as GraphQlAnswer<T>;
    if (answer.data === undefined || answer.errors !== undefined) {
      throw new Error(answer.errors?.[0]?.message ?? `HTTP ${response.status}`);
    }
    return answer.data;
  }
}

/**
 * Fills the search index when it is empty and the catalogue is not: after the first seed on OpenSearch, or the
 * first start with another SEARCH_URL. The index is built by the worker; this waits for it.
 *
 * @returns the number of indexed variants, or undefined when there was nothing to do
 */
export async function ensureSearchIndex(
  baseUrl: string,
  superadmin: Secrets['superadmin'],
  onProgress: (percent: number) => void,
): Promise<number | undefined> {
  const api = new AdminApi(baseUrl);
  await api.login(superadmin);
  const state = await api.query<{ search: { totalItems: number }; products: { totalItems: number } }>(
    '{ search(input: { take: 1 }) { totalItems } products(options: { take: 1 }) { totalItems } }',
  );
  if (state.search.totalItems > 0 || state.products.totalItems === 0) return undefined;
  const { reindex } = await api.query<{ reindex: { id: string } }>(
    'mutation StartReindex { reindex { id } }',
  );
  for (;;) {
    const { job } = await api.query<{ job: { state: string; progress: number; error: unknown } }>(
      'query ReindexJob($id: ID!) { job(jobId: $id) { state progress error } }',
      { id: reindex.id },
    );
    if (job.state === 'COMPLETED') break;
    if (job.state === 'FAILED' || job.state === 'CANCELLED') {
      throw new Error(`the search index was not built: ${JSON.stringify(job.error)}`);
    }
    onProgress(job.progress);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  const after = await api.query<{ search: { totalItems: number } }>(
    '{ search(input: { take: 1 }) { totalItems } }',
  );
  return after.search.totalItems;
}
