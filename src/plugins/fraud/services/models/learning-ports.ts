import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { FraudAttempt } from '../../entities/fraud-attempt.entity';
import { DEFAULT_SETTINGS, type FraudSettings } from '../../types';

@Injectable()
export class FraudVersionsService {
  constructor(private readonly connection: TransactionalConnection) {}

  async bump(tx: RequestContext, name: string): Promise<void> {
    await this.connection.getRepository(tx, FraudAttempt).query(
      `INSERT INTO fraud_version (name, version) VALUES ($1, 1)
       ON CONFLICT (name) DO UPDATE SET version = fraud_version.version + 1`,
      [name],
    );
  }
}

@Injectable()
export class FraudSettingsService {
  load(): Promise<FraudSettings> {
    return Promise.resolve(DEFAULT_SETTINGS);
  }
}
