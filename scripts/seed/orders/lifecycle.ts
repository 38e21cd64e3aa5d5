import type { Random } from '../random';

const HOUR_MS = 3_600_000;

/** States in which a seeded order can be. */
export type OrderState = 'PaymentSettled' | 'Shipped' | 'Delivered' | 'Cancelled';

/** When what happened to an order, epoch ms; undefined for what has not happened by the end of the history. */
export interface Lifecycle {
  state: OrderState;
  /** When the cart was begun. */
  createdAt: number;
  placedAt: number;
  /** When the parcel was made and its goods left the stock: an hour before it was shipped. */
  packedAt?: number;
  shippedAt?: number;
  deliveredAt?: number;
  cancelledAt?: number;
}

const CANCELLED_SHARE = 0.03;

/** Draws the course of an order that was placed at a time, up to the end of the history. */
export function drawLifecycle(random: Random, placedAt: number, end: number): Lifecycle {
  const createdAt = placedAt - (2 + 40 * random.float()) * 60_000;
  const cancels = random.chance(CANCELLED_SHARE);
  const cancelledAt = placedAt + (1 + 18 * random.float()) * HOUR_MS;
  const shippedAt = placedAt + (19 + 45 * random.float()) * HOUR_MS;
  const deliveredAt = shippedAt + (40 + 100 * random.float()) * HOUR_MS;
  if (cancels && cancelledAt < end) return { state: 'Cancelled', createdAt, placedAt, cancelledAt };
  if (shippedAt >= end) return { state: 'PaymentSettled', createdAt, placedAt };
  const packedAt = shippedAt - HOUR_MS;
  if (deliveredAt >= end) return { state: 'Shipped', createdAt, placedAt, packedAt, shippedAt };
  return { state: 'Delivered', createdAt, placedAt, packedAt, shippedAt, deliveredAt };
}
