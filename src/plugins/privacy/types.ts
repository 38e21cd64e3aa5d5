import type { RequestContext } from '@vendure/core';

/** The person whose data it is about. */
export interface DataSubject {
  customerId: string;
  /** The login that belongs to the customer, if they have an account. */
  userId?: string | undefined;
  /** Every address that the customer is known to have used. */
  emailAddresses: readonly string[];
}

export interface DataClass {
  /** Where it is: a table and a column, or a path in a JSON column. Unique per contributor. */
  field: string;
  category: 'identity' | 'contact' | 'behaviour' | 'financial' | 'technical' | 'free-text';
  /** Why it is kept, in words that a customer reads. */
  purpose: string;
  /** When it goes by itself, in words. */
  retention: string;
  /** What an erasure does to it: nothing is left of it, or what stays cannot be traced to a person, or the law has it kept. */
  onErasure: 'erased' | 'anonymized' | 'kept';
}

/** A part of what is known about a person. */
export interface ExportedRecord {
  /** The `field` of the `DataClass` that it belongs to. */
  field: string;
  /** Where it was found, for instance a record's id. */
  source: string;
  value: unknown;
}

export interface ErasureReport {
  /** Records that were changed or deleted. 0 when there was nothing (any more). */
  changed: number;
}

/** What every plugin that holds personal data implements, and registers with `PersonalDataRegistry`. */
export interface PersonalDataContributor {
  /** The plugin's name; unique. */
  readonly name: string;

  /** What kinds of personal data it holds. Says the same at every call; touches no database. */
  classify(): readonly DataClass[];

  /** Everything it holds about the person that an erasure would remove, or that the law gives them. Changes nothing. */
  export(ctx: RequestContext, subject: DataSubject): Promise<readonly ExportedRecord[]>;

  /**
   * Removes what it holds about the person, in the transaction of `ctx`, keeping ids where records point at each
   * other. Done a second time it changes nothing. After it, `export` finds no field that is classified `erased`.
   */
  erase(ctx: RequestContext, subject: DataSubject): Promise<ErasureReport>;
}
