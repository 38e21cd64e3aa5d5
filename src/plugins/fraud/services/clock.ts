import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Time and chance of this plugin, to be replaced in tests. */
@Injectable()
export class Clock {
  date(inMs = 0): Date {
    return new Date(Date.now() + inMs);
  }

  uuid(): string {
    return randomUUID();
  }
}
