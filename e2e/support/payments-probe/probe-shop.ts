import type { VendureConfig } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import type { ProcessRole } from '../../../src/config/process-role';
import { PaymentsPlugin, StripePaymentProvider, type PaymentProvider } from '../../../src/plugins/payments';
import { createVendureConfig } from '../../../vendure-config';
import { FraudProbePlugin } from './fraud-probe.plugin';
import { probeRiskCheck } from './probe-risk-check';
import { ProbeProvider } from './probe-provider';

/** Short, so that a lost reply is soon known as one. */
const CALL_TIMEOUT_MS = 4_000;

/** The second provider: the test's gateway too, or Stripe as the test plays it. */
function second(gatewayUrl: string): PaymentProvider {
  const {
    PROBE_STRIPE_PORT: port,
    PROBE_STRIPE_KEY: apiKey,
    PROBE_STRIPE_SECRET: webhookSecret,
  } = process.env;
  if (port === undefined || apiKey === undefined) return new ProbeProvider('second', gatewayUrl);
  return new StripePaymentProvider({
    code: 'second',
    apiKey,
    webhookSecret,
    host: '127.0.0.1',
    port: Number(port),
    protocol: 'http',
  });
}

/** The shop with two providers that the test answers for. */
export function probeShop(role: ProcessRole): VendureConfig {
  const config = createVendureConfig(parseEnv(process.env), role);
  const url = process.env.PROBE_GATEWAY_URL ?? '';
  PaymentsPlugin.init({
    ...PaymentsPlugin.options,
    providers: [new ProbeProvider('first', url), second(url)],
    callTimeoutMs: CALL_TIMEOUT_MS,
    // Tests let many calls fail in a row: each must reach the gateway.
    breaker: { volumeThreshold: 10_000 },
    ...(process.env.PROBE_RISK === 'true' ? { riskCheck: probeRiskCheck } : {}),
  });
  if (process.env.PROBE_FRAUD !== 'true') return config;
  return { ...config, plugins: [...(config.plugins ?? []), FraudProbePlugin] };
}
