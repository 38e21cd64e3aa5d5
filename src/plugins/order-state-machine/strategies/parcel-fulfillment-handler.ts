import { FulfillmentHandler, LanguageCode } from '@vendure/core';

/** How the life cycle makes fulfilments: a parcel that leaves a stock location; its tracking number comes with its label. */
export const parcelFulfillmentHandler = new FulfillmentHandler({
  code: 'lifecycle-parcel',
  description: [{ languageCode: LanguageCode.en, value: 'Parcel from a stock location' }],
  args: {
    method: { type: 'string', required: false },
    trackingCode: { type: 'string', required: false },
    stockLocationId: { type: 'string', required: false },
  },
  createFulfillment: (_ctx, _orders, _lines, { method, trackingCode, stockLocationId }) => ({
    method: method === '' ? 'Parcel' : method,
    trackingCode,
    customFields: { stockLocationId: stockLocationId === '' ? null : stockLocationId },
  }),
});
