import { METHOD_TYPES } from '../types';
import {
  ableCodes,
  CONDITIONS,
  providersOf,
  type Condition,
  type RoutableProvider,
  type RoutingConditions,
  type RoutingRule,
} from './routing';

/**
 * Whether the earlier rule takes every payment that the later one could take, so that the later one never gets any.
 * Certain when true; some cases (several earlier rules that take everything together) are not seen.
 */
export function shadows(
  earlier: RoutingRule,
  later: RoutingRule,
  providers: readonly RoutableProvider[],
): boolean {
  if (!earlier.enabled || !later.enabled) return false;
  const types = later.when.methodTypes ?? METHOD_TYPES;
  const named = providersOf(earlier);
  return (
    CONDITIONS.every(condition => isImplied(condition, earlier.when, later.when)) &&
    types.every(type => {
      const able = ableCodes(providers, type);
      return named.some(code => able.has(code));
    })
  );
}

/** Whether the condition of `wide` holds wherever all of `narrow` do. */
function isImplied(condition: Condition, wide: RoutingConditions, narrow: RoutingConditions): boolean {
  switch (condition) {
    case 'amountCurrency': {
      if (wide.amountCurrency === undefined) return true;
      const possible = narrow.amountCurrency === undefined ? narrow.currencies : [narrow.amountCurrency];
      return contains([wide.amountCurrency], possible);
    }
    case 'currencies': {
      const possible = narrow.amountCurrency === undefined ? narrow.currencies : [narrow.amountCurrency];
      return contains(wide.currencies, possible);
    }
    case 'minAmount':
      return (
        wide.minAmount === undefined || (narrow.minAmount !== undefined && narrow.minAmount >= wide.minAmount)
      );
    case 'maxAmount':
      return (
        wide.maxAmount === undefined || (narrow.maxAmount !== undefined && narrow.maxAmount <= wide.maxAmount)
      );
    case 'countries':
    case 'methodTypes':
    case 'cardBrands':
    case 'customerGroupIds':
    case 'channelIds':
      return contains(wide[condition], narrow[condition]);
  }
}

function contains(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
  if (wide === undefined) return true;
  const all = new Set(wide);
  return narrow !== undefined && narrow.every(value => all.has(value));
}
