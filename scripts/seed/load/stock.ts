import type { Catalogue } from '../catalogue/catalogue';
import { timestamp } from './copy-text';
import type { LoadContext } from './load-context';
import type { CatalogueIds } from './products';
import { WAREHOUSE_KEYS, splitAvailable, type StockBook } from './stock-book';

const BATCH = 10_000;
const STAMP = ['createdAt', 'updatedAt', 'id'];

/**
 * Writes the stock levels, and for each the delivery it began with: as much as was sold since, is allocated, and
 * is left. So the levels are the sums of the movements.
 */
export async function loadStock(
  context: LoadContext,
  catalogue: Catalogue,
  catalogueIds: CatalogueIds,
  book: StockBook,
  onProgress: (done: number) => void,
): Promise<void> {
  const { writer, ids, base, end } = context;
  const levels = writer.table('stock_level', [
    ...STAMP,
    'stockOnHand',
    'stockAllocated',
    'productVariantId',
    'stockLocationId',
  ]);
  const movements = writer.table('stock_movement', [
    ...STAMP,
    'type',
    'quantity',
    'stockLocationId',
    'discriminator',
    'productVariantId',
  ]);
  let variant = 0;
  for (let product = 0; product < catalogue.size; product++) {
    const draft = catalogue.draft(product);
    const created = timestamp(draft.createdAt);
    const now = timestamp(end);
    for (const { available } of draft.variants) {
      const id = catalogueIds.variant + variant;
      const left = splitAvailable(available);
      for (const warehouse of WAREHOUSE_KEYS) {
        const allocated = book.allocatedOf(variant, warehouse);
        const onHand = left[warehouse] + allocated;
        const location = base.warehouses[warehouse];
        levels.row(created, now, ids.take('stock_level'), onHand, allocated, id, location);
        const delivered = onHand + book.soldOf(variant, warehouse);
        if (delivered === 0) continue;
        movements.row(
          created,
          created,
          ids.take('stock_movement'),
          'ADJUSTMENT',
          delivered,
          location,
          'StockAdjustment',
          id,
        );
      }
      variant++;
      if (variant % BATCH === 0) {
        await writer.flush();
        onProgress(variant);
      }
    }
  }
  await writer.flush();
  onProgress(variant);
}
