/** Rows that a mutation must hold before it reads anything that it will write. Ids are as given by the caller. */
export interface LockTargets {
  orderIds?: unknown[];
  orderLineIds?: unknown[];
  paymentIds?: unknown[];
  fulfillmentIds?: unknown[];
  /** Locations: the orders that are being picked there. */
  pickedAtIds?: unknown[];
  /** Also the promotions whose coupons those orders use: core claims them with a payment. */
  couponsOfOrders?: boolean;
  /** Also the stock of everything in those orders. */
  stockOfOrders?: boolean;
  variantIds?: unknown[];
  locationIds?: unknown[];
  /** A payment provider or a carrier may be called once the rows are held: from then on nothing is run again. */
  callsOutside?: boolean;
  /** Works in several transactions with a wait for somebody outside between them: it asks for its places itself. */
  ownPlaces?: boolean;
  /** The shopper's session, whose cart a sign-in merges. */
  ownSession?: boolean;
  /** Units of a line that an order cancellation takes away, for the strategy that returns them to stock. */
  cancels?: CancelledUnits;
}

/** By line: how many units are cancelled, or how many are kept; nothing for a line that is cancelled whole. */
export type CancelledUnits = ReadonlyMap<string, { cancelled: number } | { kept: number }> | 'all';

type Args = Record<string, unknown>;
type LockPlan = (args: Args) => LockTargets;

/** Mutations of the Shop API that change a cart without going through its active order. */
export const SHOP_LOCKS: Readonly<Record<string, LockPlan>> = {
  login: () => ({ ownSession: true }),
  authenticate: () => ({ ownSession: true }),
  verifyCustomerAccount: () => ({ ownSession: true }),
  resetPassword: () => ({ ownSession: true }),
  addPaymentToOrder: () => ({ ownPlaces: true }),
  initiatePayment: () => ({ ownPlaces: true }),
};

const order = (name: string) => (args: Args) => ({ orderIds: [args[name]] });
const orderOfInput = (name: string) => (args: Args) => ({ orderIds: [record(args.input)[name]] });

/**
 * Staff mutations and what they write. Core reads an order or a stock level and writes it back without a lock; with the
 * rows held from the start, no other request comes between. The locks are taken in the shop's one order: orders by
 * id, promotions by id, then stock rows by id.
 */
export const ADMIN_LOCKS: Readonly<Record<string, LockPlan>> = {
  addItemToDraftOrder: order('orderId'),
  adjustDraftOrderLine: order('orderId'),
  removeDraftOrderLine: order('orderId'),
  setDraftOrderCustomFields: order('orderId'),
  setCustomerForDraftOrder: order('orderId'),
  setDraftOrderShippingAddress: order('orderId'),
  setDraftOrderBillingAddress: order('orderId'),
  unsetDraftOrderShippingAddress: order('orderId'),
  unsetDraftOrderBillingAddress: order('orderId'),
  applyCouponCodeToDraftOrder: order('orderId'),
  removeCouponCodeFromDraftOrder: order('orderId'),
  setDraftOrderShippingMethod: order('orderId'),
  deleteDraftOrder: order('orderId'),
  setOrderCustomFields: orderOfInput('id'),
  setOrderCustomer: orderOfInput('orderId'),
  transitionOrderToState: order('id'),
  settlePayment: () => ({ ownPlaces: true }),
  capturePayment: () => ({ ownPlaces: true }),
  cancelPayment: () => ({ ownPlaces: true }),
  transitionPaymentToState: () => ({ ownPlaces: true }),
  refundOrder: () => ({ ownPlaces: true }),
  decidePaymentAttempt: () => ({ ownPlaces: true }),
  approveFraudCase: () => ({ ownPlaces: true }),
  rejectFraudCase: () => ({ ownPlaces: true }),
  decideFraudCases: () => ({ ownPlaces: true }),
  // Not yet the stock: StockHoldService locks it, after the coupons.
  addManualPaymentToOrder: args => ({ orderIds: [record(args.input).orderId], couponsOfOrders: true }),
  addFulfillmentToOrder: args => ({
    orderLineIds: list(record(args.input).lines).map(line => line.orderLineId),
    stockOfOrders: true,
    callsOutside: true,
  }),
  transitionFulfillmentToState: args => ({
    fulfillmentIds: [args.id],
    stockOfOrders: true,
    callsOutside: true,
  }),
  triggerOrderTransition: args => ({
    orderIds: [args.orderId],
    stockOfOrders: true,
    ...(args.trigger === 'cancel' ? { cancels: 'all' as const } : {}),
  }),
  cancelOrder: args => {
    const input = record(args.input);
    const lines = input.lines === null || input.lines === undefined ? undefined : list(input.lines);
    return {
      orderIds: [input.orderId],
      stockOfOrders: true,
      cancels:
        lines === undefined
          ? 'all'
          : new Map(lines.map(line => [String(line.orderLineId), { cancelled: Number(line.quantity) }])),
    };
  },
  modifyOrder: args => {
    const input = record(args.input);
    return {
      orderIds: [input.orderId],
      stockOfOrders: true,
      callsOutside: true,
      variantIds: list(input.addItems).map(item => item.productVariantId),
      cancels: new Map(
        list(input.adjustOrderLines).map(line => [String(line.orderLineId), { kept: Number(line.quantity) }]),
      ),
    };
  },
  // New variants have no rows to lock yet; who makes them is noted with their first stock.
  createProductVariants: () => ({}),
  updateProductVariant: args => ({ variantIds: stockChanges([record(args.input)]) }),
  updateProductVariants: args => ({ variantIds: stockChanges(list(args.input)) }),
  deleteStockLocation: args => removal([record(args.input)]),
  deleteStockLocations: args => removal(list(args.input)),
};

/** How many units of a line are cancelled. */
export function cancelledUnits(cancels: CancelledUnits, lineId: string, lineQuantity: number): number {
  if (cancels === 'all') return lineQuantity;
  const units = cancels.get(lineId);
  if (units === undefined) return 0;
  return 'cancelled' in units ? units.cancelled : Math.max(0, lineQuantity - units.kept);
}

/** The ids that can be a row's: whole numbers of PostgreSQL's integer type. Core refuses the others itself. */
export function rowIds(ids: readonly unknown[] | undefined): number[] {
  const numbers = (ids ?? [])
    .filter(id => typeof id === 'number' || (typeof id === 'string' && /^\d{1,10}$/.test(id)))
    .map(Number)
    .filter(id => Number.isInteger(id) && id > 0 && id <= 2_147_483_647);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function stockChanges(inputs: Args[]): unknown[] {
  return inputs
    .filter(input => input.stockOnHand != null || input.stockLevels != null)
    .map(input => input.id);
}

/** The lists of what is being picked at a location are written anew once it is gone. */
function removal(inputs: Args[]): LockTargets {
  return {
    pickedAtIds: inputs.map(({ id }) => id),
    stockOfOrders: true,
    locationIds: inputs.flatMap(({ id, transferToLocationId }) => [id, transferToLocationId]),
  };
}

function record(value: unknown): Args {
  return typeof value === 'object' && value !== null ? (value as Args) : {};
}

function list(value: unknown): Args[] {
  return Array.isArray(value) ? value.map(record) : [];
}
