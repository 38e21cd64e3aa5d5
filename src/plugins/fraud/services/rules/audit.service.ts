import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { LessThan } from 'typeorm';
import { FraudAuditEntry } from '../../entities/fraud-audit-entry.entity';
import { Clock } from '../clock';
import { pageOf, type PageOptions } from './page';

export type AuditRecord = Pick<FraudAuditEntry, 'subject' | 'action' | 'target'> &
  Partial<Pick<FraudAuditEntry, 'note' | 'before' | 'after'>>;

export interface AuditView extends Pick<
  FraudAuditEntry,
  'id' | 'createdAt' | 'updatedAt' | 'at' | 'subject' | 'action' | 'target' | 'note' | 'before' | 'after'
> {
  by: string | null;
}

/** Who has changed what decides about payments. The only writer of its table. */
@Injectable()
export class FraudAuditService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the change. */
  async record(ctx: RequestContext, { note, before, after, ...what }: AuditRecord): Promise<void> {
    await this.entries(ctx).insert({
      ...what,
      at: this.clock.date(),
      note: note ?? null,
      before: (before ?? null) as object,
      after: (after ?? null) as object,
      userId: ctx.activeUserId ?? null,
    });
  }

  /** The newest first. */
  async list(
    ctx: RequestContext,
    options: PageOptions & { subject?: FraudAuditEntry['subject'] | null; target?: string | null },
  ): Promise<{ items: AuditView[]; totalItems: number }> {
    const [rows, totalItems] = await this.entries(ctx).findAndCount({
      relations: { user: true },
      where: {
        ...(options.subject == null ? {} : { subject: options.subject }),
        ...(options.target == null ? {} : { target: options.target }),
      },
      order: { id: 'DESC' },
      ...pageOf(options),
    });
    return { items: rows.map(row => ({ ...row, by: row.user?.identifier ?? null })), totalItems };
  }

  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.entries(ctx).delete({ at: LessThan(before) });
    return affected ?? 0;
  }

  private entries(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudAuditEntry);
  }
}
