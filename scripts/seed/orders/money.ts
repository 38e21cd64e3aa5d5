/**
 * The platform's arithmetic for orders, as pure functions: what `OrderLine`, `ShippingLine`, `prorate` and
 * `DefaultOrderTaxCalculationStrategy` of @vendure/core 3.7 compute, operation by operation, since another order
 * of the same floating-point steps could round a total to another cent. Amounts are in minor units.
 */

/** Whether prices are given with tax, as the channel's `pricesIncludeTax`. */
export interface TaxMode {
  pricesIncludeTax: boolean;
}

export interface LineInput {
  listPrice: number;
  quantity: number;
  /** In percent. */
  taxRate: number;
}

export interface PricedLine extends LineInput {
  /** The share of the order's discount that falls on this line: 0 or negative. */
  discount: number;
  /** The line's discount by unit, as the platform records it; empty without a discount. */
  itemDistribution: readonly number[];
  /** After the discount. */
  total: number;
  totalWithTax: number;
}

export interface PricedOrder {
  lines: readonly PricedLine[];
  subTotal: number;
  subTotalWithTax: number;
  shipping: number;
  shippingWithTax: number;
  totalWithTax: number;
}

export function netPriceOf(gross: number, taxRate: number): number {
  return gross - (gross - gross / ((100 + taxRate) / 100));
}

export function grossPriceOf(net: number, taxRate: number): number {
  return net + net * (taxRate / 100);
}

/** Splits an amount into whole parts in proportion to the weights; the parts add up to the amount. */
export function prorate(weights: readonly number[], amount: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map(weight => (total === 0 ? amount / weights.length : amount * (weight / total)));
  const rounded = exact.map(Math.floor);
  const errors = exact.map((value, i) => value - (rounded[i] as number));
  let added = rounded.reduce((sum, value) => sum + value, 0);
  while (added < amount) {
    let largest = -1;
    let largestError = 0;
    errors.forEach((error, i) => {
      if (error > largestError) {
        largestError = error;
        largest = i;
      }
    });
    rounded[largest] = (rounded[largest] ?? 0) + 1;
    errors[largest] = (errors[largest] ?? 0) - 1;
    added += 1;
  }
  return rounded;
}

/**
 * Prices an order.
 *
 * @param discountPercent of an order-wide coupon, 0 for none
 */
export function priceOrder(
  lines: readonly LineInput[],
  shipping: { listPrice: number; taxRate: number },
  discountPercent: number,
  mode: TaxMode,
): PricedOrder {
  const plain = lines.map(line => priceLine(line, 0, [], mode));
  const priced = discountPercent === 0 ? plain : discount(plain, discountPercent, mode);
  const subTotal = sum(priced, line => line.total);
  const subTotalWithTax = sum(priced, line => line.totalWithTax);
  const { listPrice, taxRate } = shipping;
  const shippingNet = Math.round(mode.pricesIncludeTax ? netPriceOf(listPrice, taxRate) : listPrice);
  const shippingWithTax = Math.round(mode.pricesIncludeTax ? listPrice : grossPriceOf(listPrice, taxRate));
  return {
    lines: priced,
    subTotal,
    subTotalWithTax,
    shipping: shippingNet,
    shippingWithTax,
    totalWithTax: subTotalWithTax + shippingWithTax,
  };
}

/** Spreads an order's percentage discount over its lines, by what each costs with tax. */
function discount(lines: readonly PricedLine[], percent: number, mode: TaxMode): PricedLine[] {
  const base = sum(lines, line => (mode.pricesIncludeTax ? line.totalWithTax : line.total));
  const amount = Math.round(-base * (percent / 100));
  if (amount === 0) return [...lines];
  const shares = prorate(
    lines.map(line => line.totalWithTax),
    amount,
  );
  return lines.map((line, i) => {
    const share = shares[i] as number;
    const unitPrice = Math.round(
      mode.pricesIncludeTax ? netPriceOf(line.listPrice, line.taxRate) : line.listPrice,
    );
    const units = prorate(Array<number>(line.quantity).fill(unitPrice), share);
    return share === 0 ? line : priceLine(line, share, units, mode);
  });
}

function priceLine(
  { listPrice, quantity, taxRate }: LineInput,
  discountShare: number,
  itemDistribution: readonly number[],
  mode: TaxMode,
): PricedLine {
  const unit = listPrice + discountShare / quantity;
  const net = mode.pricesIncludeTax ? netPriceOf(unit, taxRate) : unit;
  const gross = mode.pricesIncludeTax ? unit : grossPriceOf(unit, taxRate);
  return {
    listPrice,
    quantity,
    taxRate,
    discount: discountShare,
    itemDistribution,
    total: Math.round(net * quantity),
    totalWithTax: Math.round(gross * quantity),
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
