import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import type { EntityManager } from 'typeorm';
import { MemoryLists } from '../../engine/lists/memory-lists';
import type { Lists } from '../../types';
import { FraudVersionsService } from './fraud-versions.service';

interface Row {
  list: string;
  value: string | null;
  addedIn: number;
  removedIn: number | null;
}

/** The lists in memory, as of one moment. */
@Injectable()
export class ListSnapshots {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly versions: FraudVersionsService,
  ) {}

  /** As they are now, for live scoring. */
  load(): Promise<Lists> {
    return this.read(async manager => {
      const version = await this.versions.current(manager, 'lists');
      return (await this.fill(manager, 'e."removedIn" IS NULL')).at(version);
    });
  }

  /** Also as they were in each version from this one on. */
  since(version: number): Promise<MemoryLists> {
    return this.read(manager =>
      this.fill(manager, '(e."removedIn" IS NULL OR e."removedIn" > $1)', [version]),
    );
  }

  private async fill(
    manager: EntityManager,
    which: string,
    parameters: unknown[] = [],
  ): Promise<MemoryLists> {
    const rows: Row[] = await manager.query(
      `SELECT l.name AS list, e.value, e."addedIn", e."removedIn"
       FROM fraud_list l LEFT JOIN fraud_list_entry e ON e."listId" = l.id AND ${which}`,
      parameters,
    );
    const lists = new MemoryLists(rows.map(({ list }) => list));
    for (const { list, value, ...span } of rows) if (value !== null) lists.add(list, value, span);
    return lists;
  }

  /** The version and the entries are of the same moment. */
  private read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.connection.rawConnection.transaction('REPEATABLE READ', work);
  }
}
