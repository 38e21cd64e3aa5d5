import { AdminClient } from './admin-client';
import { PROBE_TABLES } from './events-probe/probe-tables';
import { type LaunchedShop, launchShop } from './launch';
import { ManagedProcess } from './managed-process';
import { query } from './sql';
import { cloneTemplate, dropDatabase } from './template';
import { testEnv } from './test-env';
import { waitFor } from './wait-for';

export interface Delivery {
  id: string;
  handler: string;
  state: string;
  attempts: number;
  crashes: number;
  lastError: string | null;
  reason: string | null;
  changedBy: string | null;
  event: { eventId: string; version: number; eventData: { number: number } };
}

export interface Effect {
  position: number;
  eventId: string;
  aggregateId: string;
  version: number;
  number: number;
  key: string | null;
}

interface DeliveryChange {
  changed: Delivery[];
  refused: Array<{ id: string; code: string }>;
}

export const DELIVERY = `id handler state attempts crashes lastError reason changedBy event { eventId version eventData }`;

/** A shop of its own whose handlers have trouble built in (`events-probe`), and what tests do with it. */
export class EventsShop {
  database!: string;
  shop!: LaunchedShop;
  /** Like the shop's worker. Not started. */
  second!: ManagedProcess;
  admin!: AdminClient;

  async start(): Promise<void> {
    const env = testEnv();
    this.database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'events');
    await this.query(PROBE_TABLES);
    this.shop = await launchShop(env, {
      database: this.database,
      scripts: { server: 'e2e/support/events-probe/server.js', worker: 'e2e/support/events-probe/worker.js' },
    });
    const { options } = this.shop.worker;
    this.second = new ManagedProcess({
      ...options,
      name: 'second worker',
      logFile: options.logFile.replace('-worker', '-worker-2'),
    });
    this.admin = await AdminClient.signedIn(this.shop.baseUrl);
  }

  /** Also after a start that failed half-way. */
  async stop(): Promise<void> {
    const { second, shop, database }: Partial<EventsShop> = this;
    await second?.kill('SIGTERM');
    await shop?.stop();
    if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
  }

  query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return query<Row>(text, values, this.database);
  }

  /** Publishes one probe event for each number, in one transaction. Gives their ids. */
  async publish(
    eventType: string,
    aggregateId: string,
    numbers: number[],
    extra: { fail?: boolean; invalid?: boolean; customerId?: string; note?: string } = {},
  ): Promise<string[]> {
    const { fail = false, invalid = false, ...rest } = extra;
    const { publishProbes } = await this.admin.api.request<{ publishProbes: string[] }>(
      `mutation ($input: ProbeInput!, $fail: Boolean, $invalid: Boolean) {
         publishProbes(input: $input, fail: $fail, invalid: $invalid) }`,
      { input: { eventType, aggregateId, numbers, ...rest }, fail, invalid },
    );
    return publishProbes;
  }

  /** What a handler has done, in the order in which it did it. */
  effectsOf(handler: string, aggregateId?: string): Promise<Effect[]> {
    return this.query<Effect>(
      `SELECT "position"::int, "eventId", "aggregateId", "version", "number", "key" FROM probe_effect
        WHERE "handler" = $1 AND ($2::text IS NULL OR "aggregateId" = $2) ORDER BY "position"`,
      [handler, aggregateId ?? null],
    );
  }

  /** The causes of a handler's trouble are gone from now on. */
  async repair(handler: string): Promise<void> {
    await this.query('INSERT INTO probe_repaired VALUES ($1)', [handler]);
  }

  /** Oldest first. */
  async deliveriesOf(handler: string, aggregateId: string): Promise<Delivery[]> {
    const answer = await this.admin.api.request<{ domainEventDeliveries: { items: Delivery[] } }>(
      `query ($options: DomainEventDeliveryListOptions) {
         domainEventDeliveries(options: $options) { items { ${DELIVERY} } } }`,
      {
        options: {
          filter: { handler: { eq: handler }, aggregateId: { eq: aggregateId } },
          sort: { id: 'ASC' },
        },
      },
    );
    return answer.domainEventDeliveries.items;
  }

  waitForStates(
    handler: string,
    aggregateId: string,
    states: string[],
    timeoutMs = 30_000,
  ): Promise<Delivery[]> {
    return waitFor(
      async () => {
        const deliveries = await this.deliveriesOf(handler, aggregateId);
        return deliveries.map(({ state }) => state).join() === states.join() ? deliveries : undefined;
      },
      { what: `${handler} of ${aggregateId} to be ${states.join()}`, timeoutMs },
    );
  }

  retry(ids: string[]): Promise<DeliveryChange> {
    return this.change('retryDomainEventDeliveries(ids: $ids)', '($ids: [ID!]!)', { ids });
  }

  discard(ids: string[], reason: string): Promise<DeliveryChange> {
    return this.change(
      'discardDomainEventDeliveries(ids: $ids, reason: $reason)',
      '($ids: [ID!]!, $reason: String!)',
      { ids, reason },
    );
  }

  private async change(field: string, args: string, variables: Record<string, unknown>) {
    const data = await this.admin.api.request<Record<string, DeliveryChange>>(
      `mutation ${args} { ${field} { changed { ${DELIVERY} } refused { id code } } }`,
      variables,
    );
    return Object.values(data)[0]!;
  }
}

/** The code of the error that a request ends in; nothing when it goes through. */
export async function errorCode(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as { errors?: Array<{ message: string; extensions?: { code?: string } }> },
  );
  return error?.errors?.[0]?.extensions?.code;
}
