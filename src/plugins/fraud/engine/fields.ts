import { ENTITY_KINDS, WINDOWS, type EntityKind, type WindowName } from '../types';

/** A signal that rules can name and features can use. */
export interface Field {
  readonly name: string;
  readonly type: 'number' | 'text' | 'boolean';
  /** For staff: meaning and unit. */
  readonly description: string;
  /** Whether it says something of a person: it goes with an erasure. */
  readonly personal?: true;
  /** A text with few different values, whose past outcomes say something of a new attempt. */
  readonly category?: true;
}

const number = (name: string, description: string): Field => ({ name, type: 'number', description });
const flag = (name: string, description: string): Field => ({ name, type: 'boolean', description });
const text = (
  name: string,
  description: string,
  kind: 'personal' | 'category' | 'plain' = 'plain',
): Field => ({
  name,
  type: 'text',
  description,
  ...(kind === 'personal' ? { personal: true as const } : {}),
  ...(kind === 'category' ? { category: true as const } : {}),
});

/** What is gathered at checkout. */
export const SIGNAL_FIELDS: readonly Field[] = [
  number('order.amount', "What is to be paid, in main units of the shop's base currency"),
  text('order.currency', 'ISO 4217, of the order', 'category'),
  number('order.lines', 'Order lines'),
  number('order.quantity', 'Units in all'),
  flag('order.digital', 'Whether nothing of it is shipped'),
  flag('order.coupon', 'Whether a coupon is used'),
  flag('order.addressesDiffer', 'Whether the shipping address is another one than the billing address'),
  text('order.shippingCountry', 'ISO 3166-1 alpha-2', 'category'),
  text('order.billingCountry', 'ISO 3166-1 alpha-2', 'category'),
  text('order.paymentMethod', 'Code of the payment method', 'category'),
  text('customer.id', 'Id of the customer, also of a guest', 'personal'),
  flag('customer.guest', 'Whether the customer has no account'),
  number('customer.accountAgeDays', 'Days since the account was made; missing for guests'),
  number('customer.orders', 'Orders placed here before'),
  number('customer.spent', 'What they came to, in main units of the base currency'),
  text('email.address', 'Lower case', 'personal'),
  text('email.domain', 'Lower case', 'category'),
  flag('email.disposable', 'Whether the domain gives out throw-away addresses'),
  number('email.digits', 'Digits before the @'),
  number(
    'email.entropy',
    'Shannon entropy of what stands before the @, in bits per character: random names have more',
  ),
  number('email.ageDays', 'Days since it was seen here first; 0 for a new one'),
  text('ip.address', 'Normalized', 'personal'),
  flag('ip.private', 'Whether it is no address of the public internet'),
  text('ip.country', 'ISO 3166-1 alpha-2; missing for private addresses', 'category'),
  number('ip.latitude', 'Degrees'),
  number('ip.longitude', 'Degrees'),
  number('ip.billingDistanceKm', 'Great-circle distance to the billing address'),
  flag('ip.hosting', 'Whether it is in the list "hosting" of data centres'),
  flag('ip.tor', 'Whether it is in the list "tor" of exit nodes'),
  flag('ip.proxy', 'Whether it is in the list "proxy"'),
  text('device.fingerprint', 'As the storefront sent it', 'personal'),
  text('device.userAgent', 'As the browser names itself', 'personal'),
  text('device.browser', 'Family, such as Firefox', 'category'),
  text('device.os', 'Family, such as Windows', 'category'),
  text('device.language', 'First of the browser, such as de-AT', 'category'),
  text('device.timezone', 'IANA name, as the browser says', 'category'),
  flag(
    'device.clientHintsContradict',
    'Whether the user agent and the client hints tell of different browsers or systems',
  ),
  flag('device.automation', 'Whether it is headless, driven by a program or a known bot'),
  flag(
    'device.timezoneFar',
    "Whether the browser's time zone is more than 3 hours from that of the IP address",
  ),
  flag('device.spoofed', 'Whether any of the signs above speaks against the device'),
  text('payment.fingerprint', "The provider's fingerprint of the card", 'personal'),
  text('payment.provider', 'Code of the provider', 'category'),
  text('payment.type', 'card, digital_wallet, bank_transfer', 'category'),
  text('payment.brand', 'Such as visa', 'category'),
  text('payment.issuingCountry', 'ISO 3166-1 alpha-2, of the bank', 'category'),
  text('payment.threeDSecure', 'authenticated, attempted, failed', 'category'),
];

/** `velocity.customer.attempts.24h`: see `engine/velocity-signals.ts`. */
export const VELOCITY_MEASURES = ['attempts', 'failures', 'orders', 'amount'] as const;
export type VelocityMeasure = (typeof VELOCITY_MEASURES)[number];

const KIND_NAMES: Readonly<Record<EntityKind, string>> = {
  customer: 'customer',
  email: 'e-mail address',
  ip: 'IP address',
  network: 'network (/24, /48)',
  device: 'device',
  card: 'card',
  address: 'shipping address',
  merchant: 'seller',
};

/** What was before, for rules: the same names in every window. */
export const VELOCITY_FIELDS: readonly Field[] = ENTITY_KINDS.flatMap(kind =>
  (Object.keys(WINDOWS) as WindowName[]).flatMap(window => [
    ...VELOCITY_MEASURES.map(measure =>
      number(
        `velocity.${kind}.${measure}.${window}`,
        `${measure} of the same ${KIND_NAMES[kind]} in the ${window} before`,
      ),
    ),
    ...ENTITY_KINDS.filter(other => other !== kind).map(other =>
      number(
        `velocity.${kind}.distinct_${other}.${window}`,
        `different ${KIND_NAMES[other]}s seen with the same ${KIND_NAMES[kind]} in the ${window} before`,
      ),
    ),
  ]),
);

export const FIELDS: readonly Field[] = [...SIGNAL_FIELDS, ...VELOCITY_FIELDS];

const BY_NAME = new Map(FIELDS.map(field => [field.name, field]));

export function fieldOf(name: string): Field | undefined {
  return BY_NAME.get(name);
}
