import { AutoIncrementIdStrategy } from '@vendure/core';
import { decodeEntityId } from '../rules/entity-id';

/**
 * Vendure's own ids, with impossible ones answered like unknown ones.
 *
 * It has to be the platform's class, not a subclass: for any other class Vendure walks through every response
 * to encode ids, which these do not need.
 */
export function checkedIdStrategy(): AutoIncrementIdStrategy {
  const strategy = new AutoIncrementIdStrategy();
  strategy.decodeId = id => decodeEntityId(String(id));
  return strategy;
}
