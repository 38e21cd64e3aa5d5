import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { normalizeText } from '../../engine/rules/normalize-text';
import { FraudListEntry } from '../../entities/fraud-list-entry.entity';

const VALUE = 'fraud_list_entry.value';

/** What the lists say of a person. A fraudster must not be able to have their own block removed. */
@Injectable()
export class ListPersonalData implements PersonalDataContributor {
  readonly name = 'fraud-lists';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: VALUE,
        category: 'contact',
        purpose: 'Addresses and customers whose payments staff approve or decline, to keep fraud out.',
        retention: 'Until staff take it out, and as long after that as decisions are kept.',
        onErasure: 'kept',
      },
    ];
  }

  export(
    ctx: RequestContext,
    { customerId, emailAddresses }: DataSubject,
  ): Promise<readonly ExportedRecord[]> {
    const addresses = emailAddresses.map(normalizeText);
    const values = [
      ...addresses,
      ...addresses.map(address => `email:${address}`),
      customerId,
      `customer:${customerId}`,
    ];
    return this.connection.getRepository(ctx, FraudListEntry).query(
      `SELECT $2 AS field, e.id::text AS source,
              json_build_object('list', l.name, 'value', e.value, 'from', e."addedAt", 'to', e."removedAt") AS value
       FROM fraud_list_entry e JOIN fraud_list l ON l.id = e."listId" WHERE e.value = ANY($1::text[]) ORDER BY e.id`,
      [values, VALUE],
    );
  }

  erase(): Promise<ErasureReport> {
    return Promise.resolve({ changed: 0 });
  }
}
