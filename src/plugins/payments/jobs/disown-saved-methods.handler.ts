import { CustomerChanged, type DatabaseHandler } from '../../domain-events';
import type { SavedMethodStore } from '../services/saved-methods/saved-method-store';

/** A customer who is deleted pays with nothing any more: the task deletes their methods at the providers. */
export function disownSavedMethodsHandler(store: SavedMethodStore): DatabaseHandler {
  return {
    name: 'payments.disown-saved-methods',
    kind: 'database',
    events: [CustomerChanged],
    handle: async (ctx, { eventData: { customerId, change } }) => {
      if (change === 'deleted') await store.disown(ctx, String(customerId));
    },
  };
}
