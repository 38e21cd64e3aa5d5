import type { VendureConfig } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import type { ProcessRole } from '../../../src/config/process-role';
import { PaymentsPlugin } from '../../../src/plugins/payments';
import { createVendureConfig } from '../../../vendure-config';
import { probeRiskCheck } from './probe-risk-check';
import { ProbeProvider } from './probe-provider';

/** Short, so that a lost reply is soon known as one. */
const CALL_TIMEOUT_MS = 4_000;

/** The shop with two providers that the test's gateway answers for. */
export function probeShop(role: ProcessRole): VendureConfig {
  const config = createVendureConfig(parseEnv(process.env), role);
  const url = process.env.PROBE_GATEWAY_URL ?? '';
  PaymentsPlugin.init({
    ...PaymentsPlugin.options,
    providers: [new ProbeProvider('first', url), new ProbeProvider('second', url)],
    callTimeoutMs: CALL_TIMEOUT_MS,
    // Tests let many calls fail in a row: each must reach the gateway.
    breaker: { volumeThreshold: 10_000 },
    ...(process.env.PROBE_RISK === 'true' ? { riskCheck: probeRiskCheck } : {}),
  });
  return config;
}
