import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { InsufficientStockError, RequestContext } from '@vendure/core';
import { LinesUnavailableError } from '../errors';
import type { StockHoldService } from '../services/stock-hold.service';
import type { OrderShortage, UnavailableLine } from '../types';

/** Core's own InsufficientStockError names no lines. */
@Resolver('InsufficientStockError')
export class UnavailableLinesResolver {
  @ResolveField()
  lines(@Parent() error: InsufficientStockError): UnavailableLine[] {
    return error instanceof LinesUnavailableError ? error.lines : [];
  }
}

/** The answer for a shortage: the given one, else the one that refused a transition in this transaction. */
export function unavailable(
  ctx: RequestContext,
  holds: StockHoldService,
  shortage: OrderShortage | undefined = holds.takeShortage(ctx),
): LinesUnavailableError | undefined {
  if (shortage === undefined) return undefined;
  return new LinesUnavailableError({ order: shortage.order, lines: holds.describe(ctx, shortage) });
}
