import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { SavedPaymentMethod } from '../../entities/saved-payment-method.entity';
import { SavedMethodStore } from './saved-method-store';

const METHOD = 'saved_payment_method';
const ADDING = 'saved_payment_method (being saved)';

/** The cards and accounts that customers have saved: never a number, and the provider's ids for nobody. */
@Injectable()
export class SavedMethodPersonalData implements PersonalDataContributor {
  readonly name = 'saved-payment-methods';

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly store: SavedMethodStore,
  ) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: METHOD,
        category: 'financial',
        purpose: 'To pay with again: what stands for your card or account at the payment provider.',
        retention: 'Until you remove it.',
        onErasure: 'erased',
      },
      {
        field: ADDING,
        category: 'financial',
        purpose:
          'A card or account that is being saved just now, so that the payment provider keeps no half of it.',
        retention: 'Ends by itself, within minutes of the payment provider answering.',
        onErasure: 'kept',
      },
    ];
  }

  async export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    const rows = await this.methods(ctx).find({ where: { customerId }, order: { id: 'ASC' } });
    return rows.map(
      ({ id, state, provider, type, brand, last4, expiryMonth, expiryYear, isDefault, createdAt }) => ({
        field: state === 'adding' ? ADDING : METHOD,
        source: String(id),
        value: {
          provider,
          type,
          brand,
          last4,
          expiryMonth,
          expiryYear,
          isDefault,
          since: createdAt.toISOString(),
        },
      }),
    );
  }

  /** Nothing outside is called here: the task deletes what is left nameless, at the provider too. */
  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    return { changed: await this.store.disown(ctx, customerId) };
  }

  private methods(ctx: RequestContext) {
    return this.connection.getRepository(ctx, SavedPaymentMethod);
  }
}
