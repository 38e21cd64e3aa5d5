import { Injectable } from '@nestjs/common';
import { DEFAULT_SETTINGS, type FraudSettings } from '../../types';

export type ReviewSettings = Pick<FraudSettings, 'reviewHours' | 'dueMails' | 'dueWebhook'>;

/** What staff have set for the queue. */
@Injectable()
export class ReviewSettingsReader {
  load(): Promise<ReviewSettings> {
    return Promise.resolve(DEFAULT_SETTINGS);
  }
}
