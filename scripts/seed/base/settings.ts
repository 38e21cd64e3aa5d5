import { Permission } from '@vendure/common/lib/generated-types';
import { dummyPaymentHandler } from '@vendure/core';
import { ROUTED_HANDLER_CODE } from '../../../src/plugins/payments';

/** The settings of the demo shop that are not goods, people or orders. */

/** Channel prices are without tax, and everything is taxed as in this zone (the platform's default strategy). */
export const DEFAULT_ZONE = 'Americas';

/** In percent by zone; the zones are those of the platform's own list of countries. */
export const TAX_CATEGORIES = {
  standard: {
    name: 'Standard Tax',
    rates: { Africa: 15, Americas: 8, Asia: 10, Europe: 20, Oceania: 10 },
  },
  reduced: {
    name: 'Reduced Tax',
    rates: { Africa: 7, Americas: 4, Asia: 5, Europe: 7, Oceania: 5 },
  },
  zero: {
    name: 'Zero Tax',
    rates: { Africa: 0, Americas: 0, Asia: 0, Europe: 0, Oceania: 0 },
  },
} as const;

export type TaxCategoryKey = keyof typeof TAX_CATEGORIES;

/** Prices in minor units without tax; taxed at the standard rate of the default zone. */
export const SHIPPING_METHODS = {
  standard: {
    code: 'standard-shipping',
    name: 'Standard Shipping',
    description: 'Three to seven days.',
    price: 500,
  },
  express: {
    code: 'express-shipping',
    name: 'Express Shipping',
    description: 'One to three days.',
    price: 1_500,
  },
} as const;

/** What the orders of the history were paid with. */
export const PAYMENT_METHOD = {
  code: 'dummy-payment',
  name: 'Demo card',
  description: 'Accepts any card. For development only.',
  handler: dummyPaymentHandler.code,
  arguments: [{ name: 'automaticSettle', value: 'true' }],
};

/** In the order in which shoppers see them. */
export const PAYMENT_METHODS = [
  PAYMENT_METHOD,
  {
    // The official storefront starters pay with this code.
    code: 'standard-payment',
    name: 'Standard payment',
    description: 'Reserves the amount; staff capture it. For development only.',
    handler: dummyPaymentHandler.code,
    arguments: [{ name: 'automaticSettle', value: 'false' }],
  },
  {
    code: 'card',
    name: 'Card',
    description: 'The provider is chosen by the routing rules.',
    handler: ROUTED_HANDLER_CODE,
    arguments: [{ name: 'captureMethod', value: 'automatic' }],
  },
];

/** Both take 10 % off the order. */
export const COUPONS = {
  welcome: { code: 'WELCOME10', name: 'Welcome: 10 % off', percent: 10 },
  expired: { code: 'EXPIRED10', name: 'Last spring: 10 % off', percent: 10 },
} as const;

export const WAREHOUSES = {
  east: { name: 'East', description: 'The warehouse in New Jersey' },
  west: { name: 'West', description: 'The warehouse in Nevada' },
} as const;

export type Warehouse = keyof typeof WAREHOUSES;

export const ROLES: readonly { code: string; description: string; permissions: Permission[] }[] = [
  {
    code: 'administrator',
    description: 'Administrator',
    permissions: [
      Permission.CreateCatalog,
      Permission.ReadCatalog,
      Permission.UpdateCatalog,
      Permission.DeleteCatalog,
      Permission.CreateSettings,
      Permission.ReadSettings,
      Permission.UpdateSettings,
      Permission.DeleteSettings,
      Permission.CreateCustomer,
      Permission.ReadCustomer,
      Permission.UpdateCustomer,
      Permission.DeleteCustomer,
      Permission.CreateCustomerGroup,
      Permission.ReadCustomerGroup,
      Permission.UpdateCustomerGroup,
      Permission.DeleteCustomerGroup,
      Permission.CreateOrder,
      Permission.ReadOrder,
      Permission.UpdateOrder,
      Permission.DeleteOrder,
      Permission.CreatePromotion,
      Permission.ReadPromotion,
      Permission.UpdatePromotion,
      Permission.DeletePromotion,
      Permission.ReadSystem,
    ],
  },
  {
    code: 'order-manager',
    description: 'Order manager',
    permissions: [
      Permission.CreateOrder,
      Permission.ReadOrder,
      Permission.UpdateOrder,
      Permission.DeleteOrder,
      Permission.ReadCustomer,
      Permission.ReadCatalog,
      Permission.ReadPaymentMethod,
      Permission.ReadShippingMethod,
      Permission.ReadPromotion,
      Permission.ReadCountry,
      Permission.ReadZone,
    ],
  },
  {
    code: 'inventory-manager',
    description: 'Inventory manager',
    permissions: [
      Permission.CreateCatalog,
      Permission.ReadCatalog,
      Permission.UpdateCatalog,
      Permission.DeleteCatalog,
      Permission.CreateTag,
      Permission.ReadTag,
      Permission.UpdateTag,
      Permission.DeleteTag,
      Permission.ReadCustomer,
    ],
  },
];
