import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OrderService, type Order, type RequestContext } from '@vendure/core';
import { PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import type { SavedPaymentMethod } from '../../entities/saved-payment-method.entity';
import type { PaymentsPluginOptions } from '../../options';
import { authorizeRequest } from '../../rules/authorize-request';
import { readRoutedPaymentInput } from '../../rules/routed-payment-input';
import type { AuthorizationPlan } from './gateway-calls.service';
import type { HandlerCall } from './gateway-pass';
import { PaymentRouter } from '../routing/payment-router';
import { ProviderRegistry } from '../providers/provider-registry';
import { RiskService } from './risk.service';
import { SavedMethodService } from '../saved-methods/saved-method.service';

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
    private readonly registry: ProviderRegistry,
    private readonly savedMethods: SavedMethodService,
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
    const saved = await this.savedMethod(ctx, order, input.savedPaymentMethodId);
    if (saved === null) {
      return { problem: 'metadata.savedPaymentMethodId: the signed-in customer has no such payment method' };
    }
    // A saved method is known to one provider only.
    const [provider, ...failover] =
      saved === undefined
        ? await this.router.providers(ctx, order, call.amount, input)
        : [saved.provider].filter(code => this.registry.find(code) !== undefined);
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
      savedMethodId: saved?.savedMethodId ?? null,
      providerCustomerId: saved?.providerCustomerId ?? null,
    });
    return {
      provider,
      plan: { request, failover },
      toCapture: atOnce && this.risk.looksTwice,
      fingerprint: createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 32),
    };
  }

  /** Null where the shopper may not pay with it: only who is signed in may, and with their own. */
  private async savedMethod(
    ctx: RequestContext,
    { customer }: Order,
    id: string | undefined,
  ): Promise<SavedPaymentMethod | null | undefined> {
    if (id === undefined) return undefined;
    const own = ctx.activeUserId !== undefined && String(customer?.user?.id) === String(ctx.activeUserId);
    if (!own || customer === undefined || !/^\d{1,9}$/.test(id)) return null;
    return (await this.savedMethods.find(ctx, customer.id, id)) ?? null;
  }
}
