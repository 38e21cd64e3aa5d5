import { randomInt } from 'node:crypto';
import type { OrderCodeStrategy } from '@vendure/core';

const DIGITS = 10;

/** `ORD-` and ten random digits: short enough to read out, and a code says nothing about the shop's volume. */
export class RandomOrderCodeStrategy implements OrderCodeStrategy {
  generate(): string {
    return `ORD-${String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')}`;
  }
}
