import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type { EntityManager } from 'typeorm';
import { FraudVersion } from '../../entities/fraud-version.entity';

export type VersionName = 'rules' | 'lists' | 'settings' | 'models';

/** By which live scoring knows that it has to read something anew. The only writer of `fraud_version`. */
@Injectable()
export class FraudVersionsService {
  constructor(private readonly connection: TransactionalConnection) {}

  /**
   * To be called in the transaction of the change. Whoever changes the same waits until it ends: changes of one kind have
   * an order.
   *
   * @returns the version that the change makes
   */
  async bump(ctx: RequestContext, name: VersionName): Promise<number> {
    const [row]: { version: number }[] = await this.connection.getRepository(ctx, FraudVersion).query(
      `INSERT INTO fraud_version (name, version) VALUES ($1, 1)
       ON CONFLICT (name) DO UPDATE SET version = fraud_version.version + 1 RETURNING version`,
      [name],
    );
    return row?.version ?? 1;
  }

  /** 0 for what was never changed. */
  async current(manager: EntityManager, name: VersionName): Promise<number> {
    const row = await manager.getRepository(FraudVersion).findOneBy({ name });
    return row?.version ?? 0;
  }
}
