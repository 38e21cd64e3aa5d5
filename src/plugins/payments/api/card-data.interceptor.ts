import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { of, type Observable } from 'rxjs';
import { forShop } from './for-shop';
import { refuseCardData } from './refuse-card-data';

/** What of a mutation's input is looked through. */
type Guarded = (input: Record<string, unknown>) => Record<string, unknown>;

const fields =
  (...names: string[]): Guarded =>
  input =>
    Object.fromEntries(names.map(name => [name, input[name]]));

/** Those of the Shop API; the others are the Admin API's. */
const SHOP_DOORS: ReadonlySet<string> = new Set([
  'addPaymentToOrder',
  'initiatePayment',
  'addSavedPaymentMethod',
]);

/** The doors by which texts of shoppers and staff come to payments and refunds. */
const DOORS: ReadonlyMap<string, Guarded> = new Map([
  ['addPaymentToOrder', fields('method', 'metadata')],
  ['initiatePayment', fields('method', 'token', 'cardBrand', 'returnUrl')],
  ['addSavedPaymentMethod', fields('provider', 'token')],
  ['addManualPaymentToOrder', fields('method', 'transactionId', 'metadata')],
  ['refundOrder', fields('reason')],
  ['settleRefund', fields('transactionId')],
  ['modifyOrder', fields('refund', 'refunds')],
  ['decidePaymentAttempt', fields('transactionId', 'reason')],
  ['resolvePaymentDifference', fields('reason', 'transactionId')],
]);

/**
 * Refuses card data at every door before the mutation begins: earlier than its transaction, and than anything that
 * could log or keep it. The mutations' results all have `CardDataRefusedError` among them.
 */
@Injectable()
export class CardDataInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<GqlContextType>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
    const guarded = parentType.name === 'Mutation' ? DOORS.get(fieldName) : undefined;
    if (guarded === undefined) return next.handle();
    const { input } = graphql.getArgs<{ input: Record<string, unknown> }>();
    const refusal = refuseCardData(guarded(input), 'input');
    if (refusal === undefined) return next.handle();
    return of(SHOP_DOORS.has(fieldName) ? forShop(refusal) : refusal);
  }
}
