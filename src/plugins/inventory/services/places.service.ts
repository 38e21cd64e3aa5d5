import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import { Turnstile } from '../rules/turnstile';

/** Connections that are left to reads, sign-ins and jobs. */
const SPARE_CONNECTIONS = 2;

/** The database connections that this process gives to mutations: who finds none free waits in memory. */
@Injectable()
export class PlacesService {
  private readonly turnstile: Turnstile;

  constructor(connection: TransactionalConnection) {
    const poolSize = Number(connection.rawConnection.options.poolSize ?? 10);
    this.turnstile = new Turnstile(Math.max(1, poolSize - SPARE_CONNECTIONS));
  }

  /**
   * Runs the work when a place is free.
   *
   * @param key work of the same key runs one at a time
   * @param slow whether it waits for somebody outside while it keeps its place
   */
  run<T>(key: string | undefined, work: () => Promise<T>, slow = false): Promise<T> {
    return this.turnstile.run(key, work, slow);
  }
}
