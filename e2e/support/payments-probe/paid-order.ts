import { query } from '../sql';
import { attempts, payRouted, type AttemptRow } from './payments';
import type { PaymentsShop } from './shop';

/** An order that a guest has paid with the routed method. */
export interface PaidOrder {
  orderId: string;
  code: string;
  /** Its authorization, and the provider's id of it. */
  attempt: AttemptRow;
  transactionId: string;
  paymentId: string;
}

export type ShopToPayIn = Pick<PaymentsShop, 'database' | 'variantId' | 'automatic' | 'manual'> & {
  shop: { baseUrl: string };
};

export async function paidOrder(
  shop: ShopToPayIn,
  method: 'automatic' | 'manual',
  token = 'tok',
): Promise<PaidOrder> {
  const { id: orderId, code } = await payRouted(shop, shop[method], 1, token);
  // The last one: a provider that could not be reached was passed over.
  const attempt = (await attempts(shop.database, orderId)).findLast(({ kind }) => kind === 'authorize');
  const [payment] = await query<{ id: string; transactionId: string }>(
    'SELECT id::text, "transactionId" FROM payment WHERE "orderId" = $1',
    [orderId],
    shop.database,
  );
  return {
    orderId,
    code,
    attempt: attempt!,
    transactionId: payment!.transactionId,
    paymentId: payment!.id,
  };
}
