import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { loadModel } from '../../engine/model';
import { FraudModel } from '../../entities/fraud-model.entity';
import type { ScoringModel } from '../../types';

/** Models of the registry that a backtest can ask. Reads only. */
@Injectable()
export class BacktestModels {
  constructor(private readonly connection: TransactionalConnection) {}

  /** @returns undefined where there is no such model, or it cannot be used */
  async byVersion(ctx: RequestContext, version: string): Promise<ScoringModel | undefined> {
    const row = await this.connection
      .getRepository(ctx, FraudModel)
      .findOne({ where: { version }, select: { id: true, file: true } });
    if (row === null) return undefined;
    try {
      return loadModel(row.file);
    } catch {
      return undefined;
    }
  }
}
