import { ADMIN_LOCKS, cancelledUnits, rowIds, SHOP_LOCKS } from './lock-plan';

const targets = (name: string, args: Record<string, unknown>) => ADMIN_LOCKS[name]?.(args);

it('finds the rows of a mutation in its arguments', () => {
  expect(targets('adjustDraftOrderLine', { orderId: '7', input: {} })).toEqual({ orderIds: ['7'] });
  expect(targets('settlePayment', { id: '3' })).toEqual({ ownPlaces: true });
  expect(
    targets('addFulfillmentToOrder', { input: { lines: [{ orderLineId: '1', quantity: 2 }] } }),
  ).toMatchObject({ orderLineIds: ['1'], stockOfOrders: true });
  // Its stock is locked after its coupons.
  expect(targets('addManualPaymentToOrder', { input: { orderId: '4' } })).toEqual({
    orderIds: ['4'],
    couponsOfOrders: true,
  });
  expect(targets('deleteStockLocation', { input: { id: '2', transferToLocationId: '1' } })).toEqual({
    pickedAtIds: ['2'],
    stockOfOrders: true,
    locationIds: ['2', '1'],
  });
});

it('locks the stock of variants only where stock is set', () => {
  const input = [
    { id: '1', stockOnHand: 0 },
    { id: '2', price: 5 },
    { id: '3', stockLevels: [] },
  ];
  expect(targets('updateProductVariants', { input })).toEqual({ variantIds: ['1', '3'] });
});

it('bears arguments of any shape', () => {
  for (const plan of [...Object.values(ADMIN_LOCKS), ...Object.values(SHOP_LOCKS)]) {
    for (const input of [undefined, null, 'x', 1, [], [null], {}])
      expect(() => plan({ input })).not.toThrow();
  }
});

it('knows how many units a cancellation takes away', () => {
  const cancel = targets('cancelOrder', { input: { orderId: 1, lines: [{ orderLineId: 5, quantity: 2 }] } });
  expect(cancelledUnits(cancel?.cancels ?? 'all', '5', 9)).toBe(2);
  expect(cancelledUnits(cancel?.cancels ?? 'all', '6', 9)).toBe(0);
  expect(
    cancelledUnits(targets('cancelOrder', { input: { orderId: 1 } })?.cancels ?? new Map(), '5', 9),
  ).toBe(9);
  const modify = targets('modifyOrder', {
    input: { orderId: 1, adjustOrderLines: [{ orderLineId: 5, quantity: 4 }] },
  });
  expect(cancelledUnits(modify?.cancels ?? 'all', '5', 9)).toBe(5);
});

it('takes only what can be a row', () => {
  expect(rowIds(['3', 1, '1', 'abc', '', -1, 1.5, null, '99999999999', '1; DROP', 2 ** 31])).toEqual([1, 3]);
});
