import { Injectable } from '@nestjs/common';

/** What time it is; replaced in tests. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }

  date(): Date {
    return new Date(this.now());
  }
}
