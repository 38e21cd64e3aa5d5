import { createHash } from 'node:crypto';
import type { EntityKind } from '../../types';

/**
 * What attempts are counted by: a 128-bit hash that says whether two values are the same and not what they are, in the
 * form of a UUID. The kind is part of it, so that a customer and an order with the same id have nothing in common.
 */
export function keyOf(kind: EntityKind, value: string): string {
  const hex = createHash('sha256').update(`${kind}\0${value}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** The keys of those values that are known. */
export function keysOf(
  values: Readonly<Partial<Record<EntityKind, string | undefined>>>,
): Partial<Record<EntityKind, string>> {
  const keys: Partial<Record<EntityKind, string>> = {};
  for (const [kind, value] of Object.entries(values) as [EntityKind, string | undefined][]) {
    if (value !== undefined && value !== '') keys[kind] = keyOf(kind, value);
  }
  return keys;
}
