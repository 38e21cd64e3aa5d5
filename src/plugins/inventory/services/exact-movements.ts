import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { StockMovementType } from '@vendure/common/lib/generated-types';
import { StockMovement, TransactionalConnection, type ID } from '@vendure/core';
import type { EntitySubscriberInterface, InsertEvent, QueryRunner } from 'typeorm';
import type { LocationQuantity } from '../rules/line-balance';
import { rowIds } from '../rules/lock-plan';
import { StockLockService } from './stock-lock.service';

export type MovementKind = 'ALLOCATION' | 'SALE' | 'RELEASE' | 'CANCELLATION';

/**
 * Keeps the movements of a line that is split over locations exact, and notes who moved what.
 *
 * For such a line core changes each location's level by its part but writes the line's whole quantity into each
 * location's movement; read back, a line of 5 from two places would have sold 10. The location strategy says here
 * what it decided, and each movement is written with its own part.
 */
@Injectable()
export class ExactMovements implements EntitySubscriberInterface<StockMovement>, OnApplicationBootstrap {
  private readonly expected = new WeakMap<QueryRunner, Map<string, number>>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
  ) {}

  onApplicationBootstrap(): void {
    this.connection.rawConnection.subscribers.push(this);
  }

  /** The parts of the movement that core is about to write in this transaction. */
  expect(runner: QueryRunner, kind: MovementKind, lineId: ID, parts: readonly LocationQuantity[]): void {
    const expected = this.expected.get(runner) ?? new Map<string, number>();
    for (const { locationId, quantity } of parts) expected.set(`${kind}:${lineId}:${locationId}`, quantity);
    this.expected.set(runner, expected);
  }

  listenTo(): typeof StockMovement {
    return StockMovement;
  }

  beforeInsert({ entity, queryRunner }: InsertEvent<StockMovement>): void {
    const [userId] = rowIds([this.locks.userOf(queryRunner)]);
    if (userId !== undefined) entity.customFields = { ...entity.customFields, userId };
    const { type, orderLine, stockLocation } = entity as StockMovement & { orderLine?: { id: ID } };
    const key = `${type}:${orderLine?.id}:${stockLocation?.id}`;
    const part = this.expected.get(queryRunner)?.get(key);
    if (part === undefined) return;
    this.expected.get(queryRunner)?.delete(key);
    // Sales count below zero.
    entity.quantity = type === StockMovementType.SALE ? -part : part;
  }
}
