import type { Warehouse } from '../base/settings';
import type { SimulatedOrder } from '../orders/history';

export const WAREHOUSE_KEYS: readonly Warehouse[] = ['east', 'west'];

/**
 * What the orders did to the stock of each variant in each warehouse. An order is served by one warehouse as a
 * whole: the one nearer to the customer.
 */
export class StockBook {
  private readonly sold: Record<Warehouse, Uint32Array>;
  private readonly allocated: Record<Warehouse, Uint32Array>;

  constructor(readonly variants: number) {
    this.sold = { east: new Uint32Array(variants), west: new Uint32Array(variants) };
    this.allocated = { east: new Uint32Array(variants), west: new Uint32Array(variants) };
  }

  /** Enters an order: shipped goods are sold, those that wait are allocated, cancelled ones are back. */
  enter(order: SimulatedOrder, warehouse: Warehouse): void {
    if (order.state === 'Cancelled') return;
    const book = order.shippedAt === undefined ? this.allocated : this.sold;
    for (const { variant, quantity } of order.lines) {
      book[warehouse][variant] = (book[warehouse][variant] as number) + quantity;
    }
  }

  soldOf(variant: number, warehouse: Warehouse): number {
    return this.sold[warehouse][variant] as number;
  }

  allocatedOf(variant: number, warehouse: Warehouse): number {
    return this.allocated[warehouse][variant] as number;
  }
}

/** Splits the units that can be sold: three fifths are in the east. */
export function splitAvailable(available: number): Record<Warehouse, number> {
  const east = Math.ceil(available * 0.6);
  return { east, west: available - east };
}
