import { join } from 'node:path';
import type { Side } from '../journey/sides';

/** The same shop three times: who calls the payment provider, and with what around it. */
export const PAYMENT_SIDES = ['stock', 'bare', 'gate'] as const;
export type PaymentSide = (typeof PAYMENT_SIDES)[number];

export const PAYMENT_LABELS: Record<PaymentSide, string> = {
  stock: 'stock',
  bare: 'Tradewind without the gate',
  gate: 'Tradewind',
};

/** Whose schema and data a side has. */
export const SHOP_OF: Record<PaymentSide, Side> = { stock: 'stock', bare: 'tradewind', gate: 'tradewind' };

/** A process can know one shop only: the custom fields of a configuration are written into the platform's classes. */
export const SERVERS: Record<Side, string> = {
  stock: join(__dirname, 'server-stock.js'),
  tradewind: join(__dirname, 'server-tradewind.js'),
};

/** The variables by which a server of Tradewind is told which side it is, and every one where the provider answers. */
export const SIDE_VARIABLE = 'BENCH_PAYMENT_SIDE';
export const PROVIDER_VARIABLE = 'BENCH_PROVIDER_URL';

export const BARE_HANDLER = 'bench-bare';
export const BENCH_PROVIDER = 'bench';

/** The code of the payment method on every side. */
export const METHOD = 'bench';
