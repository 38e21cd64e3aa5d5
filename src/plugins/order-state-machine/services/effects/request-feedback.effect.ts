import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { EffectNotNeededError } from '../../errors';
import { OUTSIDE_OPTIONS, type OutsideOptions } from '../../tokens';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { CustomerMailService } from '../mails/customer-mail.service';
import { hasEnded } from './order-ended';

const DAY_MS = 86_400_000;

/** Some days after the delivery: asks how the goods are, unless they went back meanwhile. */
@Injectable()
export class RequestFeedbackEffect implements OrderEffect {
  readonly code = 'request_feedback';
  readonly repeatable = false;

  constructor(
    private readonly mails: CustomerMailService,
    @Inject(OUTSIDE_OPTIONS) private readonly options: OutsideOptions,
  ) {}

  delayMs(): number {
    return this.options.feedbackAfterDays * DAY_MS;
  }

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    if (hasEnded(order)) throw new EffectNotNeededError('The goods went back, or never arrived.');
    return this.mails.send(ctx, order, run, {
      template: 'order-feedback',
      subject: (texts, code) => texts.feedback.subject(code),
    });
  }
}
