import type { ErrorResult } from '@vendure/core';
// Not exported: core exports the one of the Admin API.
import { ErrorResult as ShopErrorResult } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';

/**
 * Core has a base class of error results for each API, and takes what is not made from it for a success. The same error
 * for the Shop API.
 */
export function forShop(error: ErrorResult): ShopErrorResult {
  return Object.assign(new ShopErrorResult(), error);
}
