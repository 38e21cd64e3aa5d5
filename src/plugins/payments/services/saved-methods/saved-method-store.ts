import { Injectable } from '@nestjs/common';
import {
  Customer,
  ForbiddenError,
  TransactionalConnection,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { In, LessThanOrEqual, Not } from 'typeorm';
import { SavedPaymentMethod } from '../../entities/saved-payment-method.entity';
import {
  ADDING_ENDS_MS,
  MOST_SAVED_METHODS,
  REMOVING_ENDS_MS,
  pauseAfter,
  type SavedMethodState,
} from '../../rules/saved-method';
import type { PaymentInstrument, SavedMethodResult } from '../../types';
import { Clock } from '../clock';

/** What a provider has answered for certain. */
export interface KeptMethod {
  readonly savedMethodId: string;
  readonly providerCustomerId: string | null;
  readonly instrument: PaymentInstrument | null;
}

export interface Addition {
  readonly method: SavedPaymentMethod;
  readonly customer: Customer;
}

const COUNTED: readonly SavedMethodState[] = ['adding', 'active'];

/**
 * The table of saved methods. What one customer does goes one after the other, by a lock on the customer's row; each
 * step is a transaction of its own, for the provider is called between them.
 */
@Injectable()
export class SavedMethodStore {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  async list(ctx: RequestContext): Promise<SavedPaymentMethod[]> {
    if (ctx.activeUserId === undefined) throw new ForbiddenError();
    return this.methods(ctx).find({
      where: { customer: { user: { id: ctx.activeUserId } }, state: 'active' },
      order: { isDefault: 'DESC', id: 'DESC' },
    });
  }

  /** Writes down that a method is about to be saved. @returns nothing when the customer has too many */
  begin(ctx: RequestContext, provider: string, token: string): Promise<Addition | undefined> {
    return this.serially(ctx, async (tx, customer) => {
      const methods = this.methods(tx);
      const customerId = customer.id;
      const count = await methods.countBy({ customerId, state: In(COUNTED) });
      if (count >= MOST_SAVED_METHODS) return undefined;
      const before = await methods.findOne({
        where: { customerId, provider, state: 'active' },
        order: { id: 'DESC' },
      });
      const method = await methods.save(
        new SavedPaymentMethod({
          customerId,
          provider,
          token,
          reference: this.clock.uuid(),
          providerCustomerId: before?.providerCustomerId ?? null,
          state: 'adding',
          tryAt: this.clock.date(ADDING_ENDS_MS),
        }),
      );
      return { method, customer };
    });
  }

  /**
   * Closes an addition that the provider has carried out.
   *
   * @returns nothing when it is not the customer's to have: it was cleared away meanwhile, or the provider's id is taken
   */
  complete(
    ctx: RequestContext,
    { id }: SavedPaymentMethod,
    kept: KeptMethod,
  ): Promise<SavedPaymentMethod | undefined> {
    return this.serially(ctx, async (tx, customer) => {
      const methods = this.methods(tx);
      const method = await methods.findOneBy({ id, customerId: customer.id, state: 'adding' });
      if (method === null) return undefined;
      const { provider } = method;
      const taken = await methods.findOneBy({ provider, savedMethodId: kept.savedMethodId });
      if (taken !== null) {
        await methods.delete({ id });
        return taken.state === 'active' && taken.customerId === customer.id ? taken : undefined;
      }
      const same = await this.sameCard(tx, method, kept.instrument?.fingerprint ?? null);
      if (same !== null) await this.toBeRemoved(tx, same.id);
      const hasDefault = await methods.existsBy({ customerId: customer.id, isDefault: true });
      return methods.save(
        Object.assign(method, shownOf(kept.instrument), {
          savedMethodId: kept.savedMethodId,
          providerCustomerId: kept.providerCustomerId,
          token: null,
          state: 'active' as const,
          tryAt: null,
          isDefault: !hasDefault,
        }),
      );
    });
  }

  /** @returns nothing when the customer has no such method */
  remove(ctx: RequestContext, id: ID): Promise<SavedPaymentMethod | undefined> {
    return this.serially(ctx, async (tx, customer) => {
      const methods = this.methods(tx);
      const method = await methods.findOneBy({ id, customerId: customer.id, state: 'active' });
      if (method === null) return undefined;
      await this.toBeRemoved(tx, id);
      if (method.isDefault) {
        const next = await methods.findOne({
          where: { customerId: customer.id, state: 'active' },
          order: { id: 'DESC' },
        });
        if (next !== null) await methods.update({ id: next.id }, { isDefault: true });
      }
      return method;
    });
  }

  /** @returns nothing when the customer has no such method */
  setDefault(ctx: RequestContext, id: ID): Promise<SavedPaymentMethod | undefined> {
    return this.serially(ctx, async (tx, customer) => {
      const methods = this.methods(tx);
      const method = await methods.findOneBy({ id, customerId: customer.id, state: 'active' });
      if (method === null) return undefined;
      await methods.update({ customerId: customer.id, isDefault: true, id: Not(id) }, { isDefault: false });
      await methods.update({ id }, { isDefault: true });
      return Object.assign(method, { isDefault: true });
    });
  }

  /** What a customer pays with, for the provider that keeps it. */
  async find(ctx: RequestContext, customerId: ID, id: ID): Promise<SavedPaymentMethod | undefined> {
    return (await this.methods(ctx).findOneBy({ id, customerId, state: 'active' })) ?? undefined;
  }

  /**
   * Takes a customer's name off their methods, and all that they are known by: they are only to be deleted at the
   * provider. What is being added is left alone: the provider's answer would be lost.
   *
   * @returns how many there were
   */
  async disown(ctx: RequestContext, customerId: ID): Promise<number> {
    const { affected } = await this.methods(ctx).update(
      { customerId, state: Not('adding') },
      {
        ...shownOf(null),
        customerId: null,
        state: 'removing',
        isDefault: false,
        tryAt: this.clock.date(),
      },
    );
    return affected ?? 0;
  }

  /** Forgets what is not at the provider, or not any more. */
  async forget(ctx: RequestContext, id: ID): Promise<void> {
    await this.methods(ctx).delete({ id, state: Not('active') });
  }

  /**
   * Notes what the provider has kept for an addition that ended without us.
   *
   * @returns whether it is to be deleted there: not when it belongs to somebody
   */
  async discard(
    ctx: RequestContext,
    { id, provider }: SavedPaymentMethod,
    result: SavedMethodResult,
  ): Promise<boolean> {
    const { savedMethodId } = result;
    const methods = this.methods(ctx);
    if (savedMethodId === null || (await methods.existsBy({ provider, savedMethodId }))) return false;
    const { affected } = await methods.update(
      { id, state: 'adding' },
      { state: 'removing', token: null, savedMethodId },
    );
    return affected === 1;
  }

  /**
   * What is to be cleared away now, the longest due first. Each is given to one caller only, and comes again later
   * unless it is forgotten meanwhile.
   */
  async due(ctx: RequestContext, most: number): Promise<SavedPaymentMethod[]> {
    const methods = this.methods(ctx);
    const now = this.clock.date();
    const rows = await methods.find({
      where: { tryAt: LessThanOrEqual(now) },
      order: { tryAt: 'ASC' },
      take: most,
      relations: { customer: true },
    });
    const claimed: SavedPaymentMethod[] = [];
    for (const row of rows) {
      const attempts = row.attempts + 1;
      const { affected } = await methods.update(
        { id: row.id, attempts: row.attempts, tryAt: LessThanOrEqual(now) },
        { attempts, tryAt: this.clock.date(pauseAfter(row.attempts)) },
      );
      if (affected === 1) claimed.push(row);
    }
    return claimed;
  }

  private async sameCard(
    tx: RequestContext,
    { customerId, provider }: SavedPaymentMethod,
    fingerprint: string | null,
  ): Promise<SavedPaymentMethod | null> {
    if (fingerprint === null || customerId === null) return null;
    return this.methods(tx).findOneBy({ customerId, provider, fingerprint, state: 'active' });
  }

  private async toBeRemoved(tx: RequestContext, id: ID): Promise<void> {
    await this.methods(tx).update(
      { id },
      { state: 'removing', isDefault: false, tryAt: this.clock.date(REMOVING_ENDS_MS) },
    );
  }

  /** @throws ForbiddenError for whoever is no customer, such as staff */
  private serially<T>(
    ctx: RequestContext,
    work: (tx: RequestContext, customer: Customer) => Promise<T>,
  ): Promise<T> {
    return this.connection.withTransaction(ctx, async tx => {
      const customer = await this.connection
        .getRepository(tx, Customer)
        .createQueryBuilder('customer')
        .where('customer.userId = :userId AND customer.deletedAt IS NULL', {
          userId: ctx.activeUserId ?? null,
        })
        .setLock('for_no_key_update')
        .getOne();
      if (customer === null) throw new ForbiddenError();
      return work(tx, customer);
    });
  }

  private methods(ctx: RequestContext) {
    return this.connection.getRepository(ctx, SavedPaymentMethod);
  }
}

/** What a customer knows a method by. A provider's odd value is not worth failing for. */
function shownOf(instrument: PaymentInstrument | null) {
  const { type = null, brand = null, last4 = null, fingerprint = null } = instrument ?? {};
  const { expiryMonth = null, expiryYear = null } = instrument ?? {};
  return {
    type,
    brand: brand?.slice(0, 32) ?? null,
    last4: last4 !== null && /^\d{4}$/.test(last4) ? last4 : null,
    expiryMonth,
    expiryYear,
    fingerprint: fingerprint !== null && fingerprint.length <= 255 ? fingerprint : null,
  };
}
