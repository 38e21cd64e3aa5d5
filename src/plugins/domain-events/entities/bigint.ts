import type { ValueTransformer } from 'typeorm';

/** PostgreSQL's bigint as a number: exact up to 2^53, which a sequence does not reach. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
