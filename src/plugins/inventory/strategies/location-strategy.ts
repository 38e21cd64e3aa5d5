import type { ID, InjectableStrategy, RequestContext } from '@vendure/core';
import { mostStocked, type LocationRanking } from '../rules/plan-allocation';

/** The order that units are wanted for, by its id or by that of one of its lines. */
export type RankedFor = { orderId: ID } | { orderLineId: ID };

/**
 * In which order stock locations are tried for an order: the first that has all of a line's units gives them; if none
 * has, they are taken from as few as come first.
 */
export interface LocationStrategy extends InjectableStrategy {
  /**
   * Called with the order and its stock locked, on the way of every checkout: it must not lock anything, call nothing
   * outside, and read little.
   */
  ranking(ctx: RequestContext, wantedFor: RankedFor): Promise<LocationRanking>;
}

/** The location with the most free units first. Reads nothing. */
export class MostStockedLocationStrategy implements LocationStrategy {
  ranking(): Promise<LocationRanking> {
    return Promise.resolve(mostStocked);
  }
}
