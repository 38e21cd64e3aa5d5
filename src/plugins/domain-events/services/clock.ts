import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Time and chance of this plugin, to be replaced in tests. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }

  /** A number in [0, 1). */
  random(): number {
    return Math.random();
  }

  randomBytes(count: number): Uint8Array {
    return randomBytes(count);
  }
}
