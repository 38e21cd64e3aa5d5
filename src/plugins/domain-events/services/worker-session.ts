import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection } from '@vendure/core';
import { Client, type ClientConfig } from 'pg';
import { HEARTBEAT_MS, WAKE_CHANNEL, loggerCtx } from '../constants';
import { retryDelay } from '../rules/retry-delay';
import { Clock } from './clock';
import { DeliveryStore } from './delivery-store';

const RECONNECT = { attempts: Infinity, baseMs: 200, maxMs: 10_000 };

/**
 * This process as a worker: its id, its heartbeat, and its ear for new events. Both use a connection of their own,
 * so that neither waits for the pool while handlers hold it. When the connection is lost it is made again, with
 * growing waits; until then the relay finds work by polling, and after the lease the others take over.
 */
@Injectable()
export class WorkerSession {
  /** New at every start. */
  readonly id = randomUUID();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private started: Promise<void> | undefined;
  private stopped = false;
  private failures = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  onWake(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Resolves once this worker is known to the others; the first call starts it. */
  start(): Promise<void> {
    this.started ??= this.connect();
    return this.started;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client(this.poolOptions());
    client.on('notification', () => this.wake());
    client.on('error', error => this.reconnect(client, error));
    client.on('end', () => this.reconnect(client, new Error('the connection ended')));
    try {
      await client.connect();
      await client.query(`LISTEN ${WAKE_CHANNEL}`);
      await client.query(DeliveryStore.heartbeat(this.id, hostname().slice(0, 255), process.pid));
    } catch (error) {
      this.reconnect(client, error);
      return;
    }
    if (this.stopped) {
      await client.end().catch(() => undefined);
      return;
    }
    this.client = client;
    this.failures = 0;
    this.beatLater(client);
    this.wake(); // for what came while nobody listened
  }

  private beatLater(client: Client): void {
    this.timer = setTimeout(() => {
      client.query(DeliveryStore.heartbeat(this.id, hostname().slice(0, 255), process.pid)).then(
        () => {
          if (this.client === client) this.beatLater(client);
        },
        (error: unknown) => this.reconnect(client, error),
      );
    }, HEARTBEAT_MS);
  }

  private readonly lost = new WeakSet<Client>();

  /** Once per connection: a lost one reports itself as an error, as ended, and through its failed query. */
  private reconnect(client: Client, error: unknown): void {
    if (this.stopped || this.lost.has(client)) return;
    this.lost.add(client);
    this.client = undefined;
    clearTimeout(this.timer);
    client.end().catch(() => undefined);
    this.failures += 1;
    const wait = Math.max(50, retryDelay(RECONNECT, this.failures, this.clock.random()));
    Logger.warn(`Lost the event listener's connection: ${String(error)}. Again in ${wait} ms.`, loggerCtx);
    this.timer = setTimeout(() => void this.connect(), wait);
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }

  /** What TypeORM's pool connects with: the same server, credentials, encryption and limits. */
  private poolOptions(): ClientConfig {
    const driver = this.connection.rawConnection.driver as unknown as { master: { options: ClientConfig } };
    return driver.master.options;
  }
}
