import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OrderService, type RequestContext } from '@vendure/core';
import { PAYMENTS_PLUGIN_OPTIONS } from '../constants';
import type { PaymentsPluginOptions } from '../options';
import { authorizeRequest } from '../rules/authorize-request';
import { readRoutedPaymentInput } from '../rules/routed-payment-input';
import type { AuthorizationPlan } from './gateway-calls.service';
import type { HandlerCall } from './gateway-pass';
import { PaymentRouter } from './payment-router';
import { RiskService } from './risk.service';

interface PreparedAuthorization {
  /** The one that is asked first. */
  readonly provider: string;
  readonly plan: AuthorizationPlan;
  /** Whether the money is taken by itself once the risk is known. */
  readonly toCapture: boolean;
  /** The same for the same input: tells whether a payment that was started can be gone on with. */
  readonly fingerprint: string;
}

/** Makes of a routed payment what its provider is asked for. */
@Injectable()
export class AuthorizationRequests {
  constructor(
    private readonly orders: OrderService,
    private readonly router: PaymentRouter,
    private readonly risk: RiskService,
    @Inject(PAYMENTS_PLUGIN_OPTIONS) private readonly options: PaymentsPluginOptions,
  ) {}

  async prepare(
    ctx: RequestContext,
    call: HandlerCall,
  ): Promise<PreparedAuthorization | { readonly problem: string }> {
    const read = readRoutedPaymentInput(call.metadata);
    if ('problem' in read) return read;
    const { input } = read;
    const order = (await this.orders.findOne(ctx, call.order.id)) ?? call.order;
    const [provider, ...failover] = await this.router.providers(ctx, order, call.amount, input);
    if (provider === undefined) return { problem: 'no payment provider of this shop can take it' };
    const atOnce = !call.method.handler.args.some(
      ({ name, value }) => name === 'captureMethod' && value.includes('manual'),
    );
    const { reference: _, ...request } = authorizeRequest(order, input, {
      reference: '',
      amount: call.amount,
      // What has to be looked at once more is only reserved meanwhile.
      captureMethod: atOnce && !this.risk.looksTwice ? 'automatic' : 'manual',
      returnUrl: input.returnUrl ?? this.options.returnUrl ?? '',
      requireThreeDSecure: false,
      savedMethodId: null,
      providerCustomerId: null,
    });
    return {
      provider,
      plan: { request, failover },
      toCapture: atOnce && this.risk.looksTwice,
      fingerprint: createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 32),
    };
  }
}
