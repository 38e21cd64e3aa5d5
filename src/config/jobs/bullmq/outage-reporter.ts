import type { EventEmitter } from 'node:events';
import { Logger } from '@vendure/core';

const QUIET_MS = 30_000;

/** Turns the errors of many Redis connections, each several times a second, into one line in half a minute. */
export class OutageReporter {
  private quietUntil = 0;

  constructor(private readonly loggerCtx: string) {}

  /** Adds a listener: without any, ioredis prints each error with its stack. */
  watch(connection: EventEmitter): void {
    connection.on('error', this.report);
  }

  /** Takes the place of listeners that log each error with its stack. */
  replace(emitter: EventEmitter | undefined): void {
    emitter?.removeAllListeners('error').on('error', this.report);
  }

  private readonly report = (error: Error & { code?: string }): void => {
    const now = Date.now();
    if (now < this.quietUntil) return;
    this.quietUntil = now + QUIET_MS;
    const message = error.message === '' ? (error.code ?? error.name) : error.message;
    Logger.error(`The job queue has trouble with Redis, and goes on trying: ${message}`, this.loggerCtx);
  };
}
