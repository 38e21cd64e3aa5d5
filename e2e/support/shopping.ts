import { succeeded } from './results';
import type { Address, Order, ShopClient, Variant } from './shop-client';

/** An address in a country that the seeded shop ships to. */
export const ADDRESS: Address = {
  fullName: 'Ada Byron',
  streetLine1: '1 Mill Lane',
  city: 'Leeds',
  postalCode: 'LS1 1AA',
  countryCode: 'GB',
  phoneNumber: '0113 496 0000',
};

let people = 0;

/** A mail address that nothing else in this run uses. */
export function newEmail(name = 'shopper'): string {
  people += 1;
  return `${name}-${process.pid}-${Date.now()}-${people}@example.com`;
}

/** Variants that are in stock, each of another product. Not by search: not every shop that a test starts has an index. */
export async function variantsInStock(shop: ShopClient, count: number): Promise<Variant[]> {
  const found: Variant[] = [];
  for (const slug of await shop.productSlugs(count * 3)) {
    const product = await shop.product(slug);
    const variant = product?.variants.find(({ stockLevel }) => stockLevel === 'IN_STOCK');
    if (variant !== undefined) found.push(variant);
    if (found.length === count) return found;
  }
  throw new Error(`Only ${found.length} of the products that were looked at are in stock.`);
}

/** Fills in everything that an order with lines needs before it can be paid. */
export async function fillIn(shop: ShopClient, emailAddress?: string): Promise<Order> {
  if (emailAddress !== undefined) {
    succeeded(await shop.setCustomer({ emailAddress, firstName: 'Ada', lastName: 'Byron' }));
  }
  succeeded(await shop.setShippingAddress(ADDRESS));
  return chooseShipping(shop);
}

/** Takes the first shipping method that is offered. */
export async function chooseShipping(shop: ShopClient): Promise<Order> {
  const [method] = await shop.shippingMethods();
  if (method === undefined) throw new Error('No shipping method is offered.');
  return succeeded(await shop.setShippingMethod(method.id));
}

/** The code of the payment method that the seeded shop offers. */
export async function paymentMethod(shop: ShopClient): Promise<string> {
  const method = (await shop.paymentMethods()).find(({ isEligible }) => isEligible);
  if (method === undefined) throw new Error('No payment method is offered.');
  return method.code;
}

/** The quantities of an order by variant: its lines come in no certain order. */
export function contents(order: Order | null): Record<string, number> {
  return Object.fromEntries((order?.lines ?? []).map(line => [line.productVariant.id, line.quantity]));
}

/** Goes to the checkout and pays. */
export async function checkOut(shop: ShopClient): Promise<Order> {
  const method = await paymentMethod(shop);
  succeeded(await shop.transition('ArrangingPayment'));
  return succeeded(await shop.pay(method));
}

/** A guest's whole order of one variant. */
export async function placeGuestOrder(shop: ShopClient, variantId: string, quantity = 1): Promise<Order> {
  succeeded(await shop.addItem(variantId, quantity));
  await fillIn(shop, newEmail('guest'));
  return checkOut(shop);
}
