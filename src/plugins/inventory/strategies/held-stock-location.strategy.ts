import {
  type AvailableStock,
  type ID,
  type Injector,
  type LocationWithQuantity,
  type OrderLine,
  OrderLine as OrderLineEntity,
  type RequestContext,
  type StockLevel,
  type StockLocation,
  type StockLocationStrategy,
  TransactionalConnection,
} from '@vendure/core';
import { LOCATION_STRATEGY } from '../constants';
import { StockNotAvailableError } from '../errors';
import {
  balanceOf,
  restores,
  returnedUnits,
  takeFrom,
  type LineBalance,
  type LocationQuantity,
  type MovementSum,
} from '../rules/line-balance';
import { cancelledUnits } from '../rules/lock-plan';
import { planAllocation, type VariantStock } from '../rules/plan-allocation';
import { ExactMovements, type MovementKind } from '../services/exact-movements';
import { StockAvailabilityService } from '../services/stock-availability.service';
import { StockHoldService } from '../services/stock-hold.service';
import { StockLockService } from '../services/stock-lock.service';
import type { LocationStrategy } from './location-strategy';

/**
 * Where stock comes from and goes back to, exactly.
 *
 * Core asks here right before it changes a stock level, which it does by reading and writing back; every answer
 * therefore locks the variant's rows first. So no door into core's stock movements is left open: an allocation that
 * cannot be covered is refused and undone, whoever asked for it.
 */
export class HeldStockLocationStrategy implements StockLocationStrategy {
  private connection!: TransactionalConnection;
  private locks!: StockLockService;
  private availability!: StockAvailabilityService;
  private holds!: StockHoldService;
  private movements!: ExactMovements;
  private locations!: LocationStrategy;

  init(injector: Injector): void {
    this.connection = injector.get(TransactionalConnection);
    this.locks = injector.get(StockLockService);
    this.availability = injector.get(StockAvailabilityService);
    this.holds = injector.get(StockHoldService);
    this.movements = injector.get(ExactMovements);
    this.locations = injector.get<LocationStrategy>(LOCATION_STRATEGY);
  }

  /** What the channel's locations have; units that others hold count as allocated. */
  async getAvailableStock(
    ctx: RequestContext,
    productVariantId: ID,
    stockLevels: StockLevel[],
  ): Promise<AvailableStock> {
    const locations = await this.availability.channelLocations(ctx);
    const held = await this.availability.heldElsewhere(ctx, productVariantId);
    const stock: AvailableStock = { stockOnHand: 0, stockAllocated: 0 };
    for (const level of stockLevels) {
      const locationId = String(level.stockLocationId);
      if (!locations.has(locationId)) continue;
      stock.stockOnHand += level.stockOnHand;
      stock.stockAllocated += level.stockAllocated + (held.get(locationId) ?? 0);
    }
    return stock;
  }

  /** The line's hold first; what it does not cover must be free. */
  async forAllocation(
    ctx: RequestContext,
    stockLocations: StockLocation[],
    orderLine: OrderLine,
    quantity: number,
  ): Promise<LocationWithQuantity[]> {
    const variantId = String(orderLine.productVariantId);
    await this.locks.lockLevels(ctx, [variantId]);
    const held = await this.holds.consume(ctx, orderLine.id);
    const parts = takeFrom(new Map(held.map(hold => [hold.stockLocationId, hold.quantity])), quantity);
    const open = quantity - sum(parts);
    if (open > 0) parts.push(...(await this.allocateFree(ctx, orderLine, variantId, open)));
    return this.answer(ctx, stockLocations, orderLine, 'ALLOCATION', merged(parts));
  }

  /** Units leave from where they are allocated; what never was, from where the most are. */
  async forSale(
    ctx: RequestContext,
    stockLocations: StockLocation[],
    orderLine: OrderLine,
    quantity: number,
  ): Promise<LocationWithQuantity[]> {
    const balance = await this.balance(ctx, orderLine);
    const parts = takeFrom(balance.allocated, quantity);
    const open = quantity - sum(parts);
    if (open > 0) {
      const stock = await this.stockOf(ctx, String(orderLine.productVariantId));
      const [best] = [...stock.locations].sort((a, b) => b.onHand - a.onHand);
      if (best !== undefined) parts.push({ locationId: best.locationId, quantity: open });
    }
    return this.answer(ctx, stockLocations, orderLine, 'SALE', merged(parts));
  }

  /** Never more than is allocated. */
  async forRelease(
    ctx: RequestContext,
    stockLocations: StockLocation[],
    orderLine: OrderLine,
    quantity: number,
  ): Promise<LocationWithQuantity[]> {
    const balance = await this.balance(ctx, orderLine);
    return this.answer(ctx, stockLocations, orderLine, 'RELEASE', takeFrom(balance.allocated, quantity));
  }

  /** Never more than has gone out, and back to where it came from. */
  async forCancellation(
    ctx: RequestContext,
    stockLocations: StockLocation[],
    orderLine: OrderLine,
    quantity: number,
  ): Promise<LocationWithQuantity[]> {
    const balance = await this.balance(ctx, orderLine);
    const cancels = this.locks.cancelledUnits(ctx);
    const returned =
      cancels === undefined
        ? quantity
        : returnedUnits(balance, cancelledUnits(cancels, String(orderLine.id), orderLine.quantity));
    return this.answer(ctx, stockLocations, orderLine, 'CANCELLATION', takeFrom(balance.sold, returned));
  }

  private async allocateFree(
    ctx: RequestContext,
    orderLine: OrderLine,
    variantId: string,
    quantity: number,
  ): Promise<LocationQuantity[]> {
    const stock = await this.stockOf(ctx, variantId);
    const balance = await this.balance(ctx, orderLine);
    const unlimited = restores(balance, orderLine.quantity, quantity);
    const lineId = String(orderLine.id);
    const plan = planAllocation(
      [{ lineId, variantId, quantity }],
      new Map([[variantId, unlimited ? { ...stock, threshold: Number.MIN_SAFE_INTEGER } : stock]]),
      await this.locations.ranking(ctx, { orderLineId: orderLine.id }),
    );
    const [shortage] = plan.shortages;
    if (shortage !== undefined) {
      throw new StockNotAvailableError({ orderLineId: lineId, asked: shortage.asked, left: shortage.left });
    }
    return plan.assignments;
  }

  private async stockOf(ctx: RequestContext, variantId: string): Promise<VariantStock> {
    const stocks = await this.availability.lockedStock(ctx, [variantId]);
    return stocks.get(variantId) ?? { variantId, tracked: true, threshold: 0, locations: [] };
  }

  /** What the line's movements say, with the variant's stock locked. */
  private async balance(ctx: RequestContext, orderLine: OrderLine): Promise<LineBalance> {
    await this.locks.lockLevels(ctx, [orderLine.productVariantId]);
    const rows: MovementSum[] = await this.connection.getRepository(ctx, OrderLineEntity).manager.query(
      `SELECT type, "stockLocationId"::text AS "locationId", sum(quantity)::int AS quantity
       FROM stock_movement WHERE "orderLineId" = $1 GROUP BY 1, 2 ORDER BY 2`,
      [orderLine.id],
    );
    return balanceOf(rows);
  }

  private answer(
    ctx: RequestContext,
    stockLocations: StockLocation[],
    orderLine: OrderLine,
    kind: MovementKind,
    parts: LocationQuantity[],
  ): LocationWithQuantity[] {
    this.movements.expect(this.locks.queryRunner(ctx, kind), kind, orderLine.id, parts);
    return parts.flatMap(({ locationId, quantity }) => {
      const location = stockLocations.find(({ id }) => String(id) === locationId);
      return location === undefined ? [] : [{ location, quantity }];
    });
  }
}

function sum(parts: readonly LocationQuantity[]): number {
  return parts.reduce((units, { quantity }) => units + quantity, 0);
}

function merged(parts: readonly LocationQuantity[]): LocationQuantity[] {
  const byLocation = new Map<string, number>();
  for (const { locationId, quantity } of parts) {
    byLocation.set(locationId, (byLocation.get(locationId) ?? 0) + quantity);
  }
  return [...byLocation].map(([locationId, quantity]) => ({ locationId, quantity }));
}
