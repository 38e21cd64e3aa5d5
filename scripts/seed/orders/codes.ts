import type { Random } from '../random';

const CODES = 10n ** 10n;

/**
 * Order codes in the shop's form, `ORD-` and ten digits, that look random and never repeat: the n-th is
 * (start + n * step) modulo 10^10, and as step and 10^10 have no common factor, all are different.
 */
export class OrderCodes {
  private readonly start: bigint;
  private readonly step: bigint;

  constructor(random: Random) {
    this.start = BigInt(random.int(0, 999_999_999));
    // Ends in 1, 3, 7 or 9: neither even nor a multiple of five. Large, so that neighbours look unalike.
    this.step = BigInt(random.int(300_000_000, 699_999_999)) * 10n + BigInt(random.pick([1, 3, 7, 9]));
  }

  code(index: number): string {
    const number = (this.start + BigInt(index) * this.step) % CODES;
    return `ORD-${number.toString().padStart(10, '0')}`;
  }
}
