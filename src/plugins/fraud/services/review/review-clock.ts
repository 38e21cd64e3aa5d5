import { Injectable } from '@nestjs/common';

/** Time of the review queue, to be replaced in tests. */
@Injectable()
export class ReviewClock {
  date(inMs = 0): Date {
    return new Date(Date.now() + inMs);
  }
}
