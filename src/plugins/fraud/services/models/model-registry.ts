import { Injectable } from '@nestjs/common';
import { Logger, RequestContextService, TransactionalConnection } from '@vendure/core';
import { loggerCtx } from '../../constants';
import { loadModel } from '../../engine/model';
import { FraudModel } from '../../entities/fraud-model.entity';
import type { ScoringModel } from '../../types';
import { MOST_CHALLENGERS } from './model-limits';
import { ModelStore } from './model-store';

/** What scores, and what scores in shadow. */
export interface LoadedModels {
  readonly champion: ScoringModel | null;
  /** The newest first. */
  readonly challengers: readonly ScoringModel[];
}

/** Models, ready to score. Whoever keeps what it gives asks again once the version `models` has risen. */
@Injectable()
export class ModelRegistry {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: RequestContextService,
    private readonly store: ModelStore,
  ) {}

  /** One that does not load is left out, and says so to staff: scoring goes on without it. */
  async load(): Promise<LoadedModels> {
    const rows = await this.connection.rawConnection.getRepository(FraudModel).find({
      where: [{ status: 'champion' }, { status: 'challenger' }],
      select: { id: true, version: true, status: true, file: true, problem: true },
      order: { id: 'DESC' },
      take: MOST_CHALLENGERS + 1,
    });
    const loaded: { status: string; model: ScoringModel }[] = [];
    for (const row of rows) {
      const model = await this.one(row);
      if (model !== undefined) loaded.push({ status: row.status, model });
    }
    return {
      champion: loaded.find(({ status }) => status === 'champion')?.model ?? null,
      challengers: loaded.filter(({ status }) => status === 'challenger').map(({ model }) => model),
    };
  }

  private async one(row: FraudModel): Promise<ScoringModel | undefined> {
    let model: ScoringModel | undefined;
    let problem: string | null = null;
    try {
      model = loadModel(row.file);
    } catch (error) {
      problem = (error as Error).message;
      Logger.error(`The fraud model ${row.version} cannot be used: ${problem}`, loggerCtx);
    }
    if (problem !== row.problem) {
      try {
        await this.store.problem(await this.contexts.create({ apiType: 'admin' }), row.id, problem);
      } catch (error) {
        // To say so is not worth a payment.
        Logger.warn(`The state of a fraud model was not kept: ${(error as Error).message}`, loggerCtx);
      }
    }
    return model;
  }
}
