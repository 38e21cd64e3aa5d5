import { VendureEntity, type DeepPartial } from '@vendure/core';
import { Column, Entity, Index } from 'typeorm';
import type { WebhookState } from '../rules/webhook';
import type { ProviderDispute, ProviderEvent } from '../types';

/** A dispute's facts, as JSON has them. */
export type StoredDispute = Omit<ProviderDispute, 'respondBy'> & { readonly respondBy: string | null };

/**
 * The inbox: one row for each message of a provider whose signature was good, with what the port names of it and never
 * the message itself. Written by WebhookInboxService, and by HeldWebhooks for messages to other plugins.
 */
@Entity()
@Index('IDX_payment_webhook_once', ['provider', 'eventId'], { unique: true })
@Index(['state', 'id'])
@Index(['transactionId'], { where: '"transactionId" IS NOT NULL' })
@Index(['processedAt'], { where: '"processedAt" IS NOT NULL' })
@Index(['heldUntil'], { where: '"heldUntil" IS NOT NULL' })
export class PaymentWebhook extends VendureEntity {
  constructor(input?: DeepPartial<PaymentWebhook>) {
    super(input);
  }

  @Column('varchar', { length: 64 })
  provider!: string;

  /** The provider's: a second message with the same one is the same message. */
  @Column('varchar', { length: 255 })
  eventId!: string;

  /** The provider's own name of it. */
  @Column('varchar', { length: 100 })
  type!: string;

  @Column('varchar', { length: 16 })
  kind!: ProviderEvent['kind'];

  /** The payment that it is about. */
  @Column('varchar', { length: 255, nullable: true })
  transactionId!: string | null;

  /** Our attempt, where the message names it. */
  @Column('varchar', { length: 64, nullable: true })
  reference!: string | null;

  @Column('timestamptz', { nullable: true })
  occurredAt!: Date | null;

  @Column('jsonb', { nullable: true })
  dispute!: StoredDispute | null;

  @Column('varchar', { length: 16, default: 'received' })
  state!: WebhookState;

  /** How often its work was begun. */
  @Column('int', { default: 0 })
  attempts!: number;

  /** Why the last attempt failed, or why it was ignored. */
  @Column('varchar', { length: 500, nullable: true })
  error!: string | null;

  /**
   * Until when somebody works it off: another plugin's controller, and what is made sure of after it. Past, when they have
   * given it up or died. Null for messages that only we work off, and at the end.
   */
  @Column('timestamptz', { nullable: true })
  heldUntil!: Date | null;

  @Column('timestamptz')
  receivedAt!: Date;

  /** When its work ended, whatever came of it. */
  @Column('timestamptz', { nullable: true })
  processedAt!: Date | null;
}
