import { Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import type { RoutedPaymentInput } from '../rules/routed-payment-input';
import { ProviderRegistry } from './provider-registry';

/** Which provider a payment goes to, and which ones may take it if that one proves to be out of reach. */
@Injectable()
export class PaymentRouter {
  constructor(private readonly registry: ProviderRegistry) {}

  // eslint-disable-next-line @typescript-eslint/require-await
  async providers(_ctx: RequestContext, _order: Order, _input: RoutedPaymentInput): Promise<string[]> {
    const first = this.registry.default();
    return first === undefined ? [] : [first.code];
  }
}
