import { z } from 'zod';
import { defineEvent, type NewDomainEvent } from '../../domain-events';

const id = z.string().min(1);
const units = z.number().int();

/** Units of an order line at a location. */
const heldLine = z.object({
  orderLineId: id,
  productVariantId: id,
  stockLocationId: id,
  quantity: units,
});

const heldUnits = z.object({ orderId: id, lines: z.array(heldLine) });

export type HeldLine = z.infer<typeof heldLine>;

/** An order keeps units from all others while it is paid. */
export const InventoryReserved = defineEvent({
  type: 'InventoryReserved',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: heldUnits.extend({ expiresAt: z.iso.datetime() }),
});

/** The order was paid: what it held is allocated. */
export const InventoryReservationConfirmed = defineEvent({
  type: 'InventoryReservationConfirmed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: heldUnits,
});

/** The order went back to its cart or was cancelled: its units can be had again. */
export const InventoryReservationReleased = defineEvent({
  type: 'InventoryReservationReleased',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: heldUnits,
});

/** Nobody paid in time. The units can be had since the hold's end, which may be up to a minute before this. */
export const HoldExpired = defineEvent({
  type: 'HoldExpired',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: heldUnits,
});

/** A payment came for units that were sold in the meantime: staff must refund it or restock. */
export const PaidOrderOutOfStock = defineEvent({
  type: 'PaidOrderOutOfStock',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    orderId: id,
    lines: z.array(z.object({ orderLineId: id, productVariantId: id, asked: units, left: units })),
  }),
});

/**
 * The units of a variant at a location that are not allocated (`saleable`; those that checkouts hold are among them)
 * fell to its threshold or below. Told once until they have risen again.
 */
export const StockLow = defineEvent({
  type: 'StockLow',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({ productVariantId: id, stockLocationId: id, saleable: units, threshold: units }),
});

/** A variant that a channel could not sell can be had there again. */
export const BackInStock = defineEvent({
  type: 'BackInStock',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({
    productVariantId: id,
    channelId: id,
    /** Null without a limit: the variant is not tracked any more. */
    saleable: units.nullable(),
  }),
});

export const INVENTORY_EVENTS = [
  InventoryReserved,
  InventoryReservationConfirmed,
  InventoryReservationReleased,
  HoldExpired,
  PaidOrderOutOfStock,
  StockLow,
  BackInStock,
] as const;

/** Few enough that an event stays below the outbox's limit. */
const LINES_PER_EVENT = 300;

/** One event, or several for an order of hundreds of lines. */
export function forLines<Line>(
  lines: readonly Line[],
  event: (lines: Line[]) => NewDomainEvent,
): NewDomainEvent[] {
  const events: NewDomainEvent[] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_EVENT) {
    events.push(event(lines.slice(at, at + LINES_PER_EVENT)));
  }
  return events;
}
