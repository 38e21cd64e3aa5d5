import { AdminClient } from './support/admin-client';
import { GraphqlClient } from './support/graphql-client';
import { testEnv } from './support/test-env';

interface SystemStatus {
  checkedAt: string;
  versions: { tradewind: string; vendure: string; node: string };
  services: { role: string; engine: string; location: string; up: boolean; latencyMs: number | null }[];
  queues: { queue: string; waiting: number; running: number; failed: number }[] | null;
  scheduledTasks: { id: string; nextExecutionAt: string | null }[] | null;
}

const STATUS = `{ systemStatus {
  checkedAt
  versions { tradewind vendure node }
  services { role engine location up latencyMs }
  queues { queue waiting running failed }
  scheduledTasks { id nextExecutionAt }
} }`;

describe('the state of the system', () => {
  const read = async (client: AdminClient) =>
    (await client.api.request<{ systemStatus: SystemStatus }>(STATUS)).systemStatus;

  it('tells staff which services are in use and that they answer', async () => {
    const { redisUrl, searchUrl } = testEnv();
    const status = await read(await AdminClient.signedIn());
    expect(status.versions.vendure).toBe('3.7.3');
    expect(status.services.map(({ role, engine, up }) => [role, engine, up])).toEqual([
      ['DATABASE', 'PostgreSQL', true],
      ['JOB_QUEUE', redisUrl === undefined ? 'PostgreSQL' : 'BullMQ on Redis', true],
      ['CACHE', redisUrl === undefined ? 'Memory' : 'Redis', true],
      ['SEARCH', searchUrl === undefined ? 'PostgreSQL' : 'OpenSearch', true],
      ['MAIL', 'SMTP', true],
    ]);
    expect(status.services[0]?.latencyMs).toBeGreaterThan(0);
    expect(status.queues?.length).toBeGreaterThan(0);
    expect(status.scheduledTasks?.map(({ id }) => id)).toContain('clean-sessions');
  });

  it('shows no password', async () => {
    const { password } = new URL(testEnv().postgresUrl);
    expect(password).not.toBe('');
    expect(JSON.stringify(await read(await AdminClient.signedIn()))).not.toContain(password);
  });

  it('asks the services once for all who look within five seconds', async () => {
    const client = await AdminClient.signedIn();
    const answers = await Promise.all([read(client), read(client), read(client)]);
    expect(new Set(answers.map(({ checkedAt }) => checkedAt)).size).toBe(1);
  });

  it('is not told to strangers', async () => {
    const answer = await new GraphqlClient(`${testEnv().baseUrl}/admin-api`).send(STATUS);
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('the staff pages', () => {
  it('answer before and after they are built, without a word from another server', async () => {
    const response = await fetch(`${testEnv().baseUrl}/admin/`);
    expect([200, 503]).toContain(response.status);
    if (response.status === 503) expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });
});
