import { Inject, Injectable } from '@nestjs/common';
import { Order, PaymentMethod, TransactionalConnection, type RequestContext } from '@vendure/core';
import { Environment } from 'braintree';
import { BraintreeAccount } from '../../adapters/braintree-account';
import { MolliePaymentProvider } from '../../adapters/mollie-payment-provider.adapter';
import { StripePaymentProvider } from '../../adapters/stripe-payment-provider.adapter';
import { PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import type { PaymentsPluginOptions } from '../../options';
import { PLUGIN_HANDLER_FACTS, pluginHandlerOf } from '../../rules/plugin-handlers';
import type { PaymentAccount, PaymentProvider } from '../../types';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { ProviderRegistry } from '../providers/provider-registry';

/**
 * Who can be asked about an attempt: a provider of the configuration, or the account of a payment method that a mounted handler
 * of `@vendure/payments-plugin` takes, whose keys stand in the method's arguments.
 */
@Injectable()
export class PluginAccounts {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: ProviderRegistry,
    private readonly ledger: AttemptLedgerService,
    @Inject(PAYMENTS_PLUGIN_OPTIONS) private readonly options: PaymentsPluginOptions,
  ) {}

  /** @returns nothing where nobody can be asked: staff have to find out */
  async of(ctx: RequestContext, attempt: PaymentAttempt): Promise<PaymentAccount | undefined> {
    const configured = this.registry.find(attempt.provider);
    if (configured !== undefined || pluginHandlerOf(attempt.provider) === undefined) return configured;
    const methods = await this.methods(ctx, attempt.provider);
    const method = methods.find(({ code }) => code === attempt.method);
    if (method === undefined) return undefined;
    return this.account(method) ?? this.braintree(ctx, method, attempt);
  }

  /** The payment methods of a mounted handler, also those that are not offered any more. */
  async methods(ctx: RequestContext, provider: string): Promise<PaymentMethod[]> {
    const name = pluginHandlerOf(provider);
    if (name === undefined || this.options.pluginHandlers?.names.includes(name) !== true) return [];
    const all = await this.connection
      .getRepository(ctx, PaymentMethod)
      .find({ relations: { channels: true }, order: { id: 'ASC' } });
    return all.filter(({ handler }) => handler.code === PLUGIN_HANDLER_FACTS[name].handlerCode);
  }

  /** The account of a method whose webhook settles by itself; nothing where its arguments are not complete. */
  account(method: PaymentMethod): PaymentProvider | undefined {
    const { stripe, mollie } = PLUGIN_HANDLER_FACTS;
    const apiKey = argOf(method, 'apiKey');
    if (apiKey === '') return undefined;
    if (method.handler.code === stripe.handlerCode) {
      return new StripePaymentProvider({
        code: stripe.provider,
        apiKey,
        webhookSecret: argOf(method, 'webhookSecret'),
        ...this.options.pluginHandlers?.stripe,
      });
    }
    if (method.handler.code === mollie.handlerCode) {
      return new MolliePaymentProvider({
        code: mollie.provider,
        apiKey,
        ...this.options.pluginHandlers?.mollie,
      });
    }
    return undefined;
  }

  private async braintree(
    ctx: RequestContext,
    method: PaymentMethod,
    attempt: PaymentAttempt,
  ): Promise<PaymentAccount | undefined> {
    const { handlerCode, provider } = PLUGIN_HANDLER_FACTS.braintree;
    if (method.handler.code !== handlerCode) return undefined;
    const order = await this.connection
      .getRepository(ctx, Order)
      .findOneOrFail({ where: { id: attempt.orderId }, loadEagerRelations: false });
    const attempts = await this.ledger.ofOrder(ctx, attempt.orderId);
    return new BraintreeAccount({
      code: provider,
      merchantId: argOf(method, 'merchantId'),
      publicKey: argOf(method, 'publicKey'),
      privateKey: argOf(method, 'privateKey'),
      environment: this.options.pluginHandlers?.braintree?.environment ?? Environment.Sandbox,
      orderCode: order.code,
      others: attempts
        .filter(({ id, kind }) => kind === 'authorize' && String(id) !== String(attempt.id))
        .flatMap(({ transactionId }) => transactionId ?? []),
    });
  }
}

function argOf({ handler }: PaymentMethod, name: string): string {
  return handler.args.find(arg => arg.name === name)?.value ?? '';
}
