import type { ID, InjectableStrategy, RequestContext } from '@vendure/core';

/** Units that are on their way to the shop. */
export interface ExpectedStock {
  quantity: number;
  /** When they should be there; null while nobody knows. */
  at: Date | null;
}

/**
 * Where the inventory learns what is on its way: owned here, implemented by whoever orders from suppliers, and given to
 * `InventoryPlugin.init({ expectedStock })`.
 */
export interface ExpectedStockSource extends InjectableStrategy {
  /**
   * What is on its way of each variant, the earliest first; a variant of which nothing is may be left out. Called once
   * for a page of variants.
   */
  expected(ctx: RequestContext, variantIds: readonly ID[]): Promise<Map<ID, ExpectedStock[]>>;
}

/** Nothing is on its way. */
export const nothingExpected: ExpectedStockSource = {
  expected: () => Promise.resolve(new Map()),
};
