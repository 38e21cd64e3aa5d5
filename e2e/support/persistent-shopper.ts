import { isErrorResult, succeeded } from './results';
import { ADDRESS, chooseShipping } from './shopping';
import type { Order, ShopClient } from './shop-client';
import { waitFor } from './wait-for';

const FOUND_OUT = ['PAYMENT_IN_PROGRESS_ERROR', 'NO_ACTIVE_ORDER_ERROR'];

/**
 * A guest whose storefront copes with lost answers: it looks at what is there before each step, so that a step can
 * be repeated whether or not the first try was carried out.
 */
export class PersistentShopper {
  /** Known as soon as there is a cart. */
  code: string | undefined;

  constructor(
    private readonly shop: ShopClient,
    readonly emailAddress: string,
    /** The quantities to buy, by variant. */
    readonly wanted: ReadonlyMap<string, number>,
  ) {}

  /** The steps of the order; done in turn they place it, once. */
  readonly steps: readonly { name: string; run: () => Promise<void> }[] = [
    { name: 'filling the cart', run: () => this.fillCart() },
    { name: 'saying who it is', run: () => this.introduce() },
    { name: 'giving the address', run: () => this.giveAddress() },
    { name: 'going to the checkout', run: () => this.goToCheckout() },
    { name: 'paying', run: () => this.pay() },
  ];

  /** The placed order as the shop shows it, or null while there is none. */
  async placedOrder(): Promise<Order | null> {
    if (this.code === undefined) return null;
    const order = await this.shop.orderByCode(this.code);
    return order === null || order.active ? null : order;
  }

  private async fillCart(): Promise<void> {
    for (const [variantId, quantity] of this.wanted) {
      const cart = await this.shop.activeOrder();
      const line = cart?.lines.find(({ productVariant }) => productVariant.id === variantId);
      if (line === undefined) succeeded(await this.shop.addItem(variantId, quantity));
      else if (line.quantity !== quantity) succeeded(await this.shop.adjustLine(line.id, quantity));
    }
    this.code = (await this.shop.activeOrder())?.code;
  }

  private async introduce(): Promise<void> {
    const { emailAddress } = this;
    succeeded(await this.shop.setCustomer({ emailAddress, firstName: 'Ada', lastName: 'Byron' }));
  }

  private async giveAddress(): Promise<void> {
    succeeded(await this.shop.setShippingAddress(ADDRESS));
    await chooseShipping(this.shop);
  }

  private async goToCheckout(): Promise<void> {
    const cart = await this.shop.activeOrder();
    if (cart?.state === 'AddingItems') succeeded(await this.shop.transition('ArrangingPayment'));
  }

  private async pay(): Promise<void> {
    await waitFor(
      async () => {
        // No cart: the answer was lost, the order was not.
        if ((await this.shop.activeOrder()) === null) return true;
        // None is offered once there is no cart: the order was found out to be paid since.
        const method = (await this.shop.paymentMethods()).find(({ isEligible }) => isEligible);
        if (method === undefined) return undefined;
        const result = await this.shop.pay(method.code);
        // The payment before was cut off: the shop finds out what became of it, perhaps at this very moment.
        if (isErrorResult(result) && FOUND_OUT.includes(result.errorCode)) return undefined;
        return succeeded(result) && true;
      },
      { what: 'the order to be paid', timeoutMs: 40_000, intervalMs: 1_000 },
    );
  }
}
