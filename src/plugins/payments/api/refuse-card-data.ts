import { findCardData } from '../rules/card-number';
import { CardDataRefusedError } from './card-data-error';

/**
 * The answer to an input that has card data in it; nothing when it has none.
 *
 * In the Shop API to be returned by `forShop`.
 *
 * @param root what the error calls the value, such as `metadata`
 */
export function refuseCardData(value: unknown, root: string): CardDataRefusedError | undefined {
  const found = findCardData(value, root);
  return found && new CardDataRefusedError({ field: found.path, reason: found.kind });
}
