import { StockMoved, type DatabaseHandler } from '../../domain-events';
import type { PickListService } from '../services/pick-list.service';

/** Movements that take units off a line's lists, or bring them back to one that was sent. */
const FOLLOWED = ['SALE', 'RELEASE', 'CANCELLATION'];

/** Lets pick lists follow what was sent or cancelled. */
export function followSalesHandler(lists: PickListService): DatabaseHandler {
  return {
    name: 'inventory.follow-sales',
    kind: 'database',
    events: [StockMoved],
    // Each locks an order and its stock: two of them in one transaction would lock out of order.
    batchSize: 1,
    handle: async (ctx, { eventData: { movement, orderLineId } }) => {
      if (typeof orderLineId !== 'string' || !FOLLOWED.includes(String(movement))) return;
      await lists.follow(ctx, orderLineId);
    },
  };
}
