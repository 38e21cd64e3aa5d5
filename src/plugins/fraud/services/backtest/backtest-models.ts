import { Inject, Injectable, Optional } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { FraudModel } from '../../entities/fraud-model.entity';
import type { ScoringModel } from '../../types';

/** Reads a model's file: `(file) => ScoringModel`, which throws for one that it cannot use. */
export const FRAUD_MODEL_LOADER = Symbol('FRAUD_MODEL_LOADER');

/** Models of the registry that a backtest can ask. Reads only. */
@Injectable()
export class BacktestModels {
  constructor(
    private readonly connection: TransactionalConnection,
    @Optional() @Inject(FRAUD_MODEL_LOADER) private readonly read?: (file: unknown) => ScoringModel,
  ) {}

  /** @returns undefined where there is no such model, or it cannot be used */
  async byVersion(ctx: RequestContext, version: string): Promise<ScoringModel | undefined> {
    const row = await this.connection
      .getRepository(ctx, FraudModel)
      .findOne({ where: { version }, select: { id: true, file: true } });
    if (row === null || this.read === undefined) return undefined;
    try {
      return this.read(row.file);
    } catch {
      return undefined;
    }
  }
}
