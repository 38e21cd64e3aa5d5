import { type INestApplicationContext } from '@nestjs/common';
import { RequestContextService, TransactionalConnection, bootstrapWorker } from '@vendure/core';
import { parseEnv } from '../../src/config/env';
import { DomainEventsPlugin, OutboxService } from '../../src/plugins/domain-events';
import { createVendureConfig } from '../../vendure-config';
import { Benched, EventsBenchPlugin } from './bench-plugin';

/** The side that publishes, in the benchmark's own process: each event in a transaction of its own. */
export class Publisher {
  private constructor(private readonly app: INestApplicationContext) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<Publisher> {
    const config = createVendureConfig(parseEnv(environment), 'worker');
    DomainEventsPlugin.init({ relay: false });
    const worker = await bootstrapWorker({
      ...config,
      plugins: [...(config.plugins ?? []), EventsBenchPlugin],
    });
    return new Publisher(worker.app);
  }

  /** Publishes `count` events over so many aggregates, `parallel` transactions at a time. Takes how long (ms). */
  async publish(count: number, aggregates: number, parallel: number): Promise<number> {
    const connection = this.app.get(TransactionalConnection);
    const outbox = this.app.get(OutboxService);
    const ctx = await this.app.get(RequestContextService).create({ apiType: 'admin' });
    const started = performance.now();
    let next = 0;
    const lane = async () => {
      while (next < count) {
        const id = (next += 1);
        await connection.withTransaction(ctx, txCtx =>
          outbox.publish(
            txCtx,
            Benched.of(id % aggregates, { orderId: String(id), amount: 1999, currencyCode: 'EUR' }),
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: parallel }, lane));
    return performance.now() - started;
  }

  /** Publishes `count` events in one transaction, so that they are all there before any is handled. */
  async publishAtOnce(count: number, aggregates: number): Promise<void> {
    const connection = this.app.get(TransactionalConnection);
    const ctx = await this.app.get(RequestContextService).create({ apiType: 'admin' });
    const events = Array.from({ length: count }, (_, id) =>
      Benched.of(id % aggregates, { orderId: String(id), amount: 1999, currencyCode: 'EUR' }),
    );
    await connection.withTransaction(ctx, txCtx => this.app.get(OutboxService).publishAll(txCtx, events));
  }

  async query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.app.get(TransactionalConnection).rawConnection.query(sql, parameters);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
