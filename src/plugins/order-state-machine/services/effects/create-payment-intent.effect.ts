import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from '../../constants';
import { EffectNotNeededError } from '../../errors';
import type { ResolvedOptions } from '../../rules/options';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';

/** Starts the payment with the provider that the port is connected to. */
@Injectable()
export class CreatePaymentIntentEffect implements OrderEffect {
  readonly code = 'create_payment_intent';
  readonly repeatable = true;

  constructor(@Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions) {}

  /** Without an initiator the slot is empty, and no checkout pays for it. */
  get connected(): boolean {
    return this.options.paymentInitiator !== undefined;
  }

  run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    return this.initiator().initiate(ctx, order, run);
  }

  compensate(ctx: RequestContext, order: Order, run: EffectRun, done: EffectResult): Promise<EffectResult> {
    return this.initiator().abandon(ctx, order, run, done);
  }

  private initiator() {
    const { paymentInitiator } = this.options;
    if (paymentInitiator === undefined) throw new EffectNotNeededError('No payment initiator is connected.');
    return paymentInitiator;
  }
}
