import type { OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { PluginCommonModule, TransactionalConnection, VendurePlugin } from '@vendure/core';
import { MollieService } from '@vendure/payments-plugin/package/mollie/mollie.service';

/**
 * Gives MolliePlugin the transactions that core asks for since 3.7, and without which none of its webhooks could pay an order:
 * it leaves its controller's by a new context in the language of the payment.
 */
@VendurePlugin({ imports: [PluginCommonModule], compatibility: '^3.7.0' })
export class MollieTransactionsPlugin implements OnModuleInit {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    // The plugin does not export it.
    const service = this.modules.get(MollieService, { strict: false });
    const addPayment = service.addPayment.bind(service);
    const settle = service.settleExistingPayment.bind(service);
    service.addPayment = (ctx, ...rest) =>
      this.connection.withTransaction(ctx, tx => addPayment(tx, ...rest));
    service.settleExistingPayment = (ctx, ...rest) =>
      this.connection.withTransaction(ctx, tx => settle(tx, ...rest));
  }
}
