import { type OnModuleInit } from '@nestjs/common';
import { PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { StripePlugin } from '@vendure/payments-plugin/package/stripe';
import { VendureStripeClient } from '@vendure/payments-plugin/package/stripe/stripe-client';
import { StripeService } from '@vendure/payments-plugin/package/stripe/stripe.service';
import Stripe from 'stripe';
import type { PluginHandlersOptions } from '../options';

type Address = NonNullable<PluginHandlersOptions['stripe']>;

/** Has StripePlugin speak to another address than Stripe's own, which it has no setting for: for tests and proxies. */
@VendurePlugin({ imports: [PluginCommonModule, StripePlugin], compatibility: '^3.7.0' })
export class StripeAddressPlugin implements OnModuleInit {
  private static address: Address;

  constructor(private readonly stripe: StripeService) {}

  static init(address: Address): Type<StripeAddressPlugin> {
    StripeAddressPlugin.address = address;
    return StripeAddressPlugin;
  }

  onModuleInit(): void {
    const theirs = this.stripe.getStripeClient.bind(this.stripe);
    this.stripe.getStripeClient = async (ctx, order) => addressed(await theirs(ctx, order));
  }
}

function addressed(client: VendureStripeClient): VendureStripeClient {
  const { apiKey, webhookSecret } = client as unknown as { apiKey: string; webhookSecret: string };
  // The account's own version of the API, as theirs.
  const config = { ...StripeAddressPlugin['address'], apiVersion: null } as unknown as Stripe.StripeConfig;
  return Object.assign(new Stripe(apiKey, config), {
    apiKey,
    webhookSecret,
  }) as unknown as VendureStripeClient;
}
