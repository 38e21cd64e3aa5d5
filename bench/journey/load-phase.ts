import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Cleanup } from './cleanup';
import { runToEnd } from './managed-process';

/** The steps of the journey, as load/journey.js names them. */
export const LOAD_STEPS = ['home', 'search', 'product', 'add', 'view'] as const;
export type LoadStep = (typeof LOAD_STEPS)[number];

/** Times to the answer, in ms. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export interface LoadResult {
  journeysPerSecond: number;
  /** Journeys that ended in time. */
  journeys: number;
  requests: number;
  /** Share of the steps, 0 to 1, that were not answered, or with errors, or with something else than a shopper needs. */
  failed: number;
  latency: Record<LoadStep, Latency | undefined>;
  /** Names of the checks that did not always hold. */
  brokenChecks: string[];
}

/** For k6 to start, and for the last journeys to end after the time is up. */
const OVERTIME_MS = 120_000;

const JOURNEY = join(__dirname, '../../../load/journey.js');

export interface LoadSettings {
  k6: string;
  baseUrl: string;
  vus: number;
  seconds: number;
  seed: number;
  productsFile: string;
  summaryFile: string;
  log: string;
}

/** Lets k6 send shoppers on their journey. Nothing is reported to the network. */
export async function runLoad(cleanup: Cleanup, settings: LoadSettings): Promise<LoadResult> {
  rmSync(settings.summaryFile, { force: true });
  await runToEnd(
    cleanup,
    {
      name: 'k6',
      command: settings.k6,
      args: ['run', '--no-usage-report', '--quiet', '--no-color', JOURNEY],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        K6_AUTO_EXTENSION_RESOLUTION: 'false',
        BASE_URL: settings.baseUrl,
        VUS: String(settings.vus),
        DURATION: String(settings.seconds),
        SEED: String(settings.seed),
        PRODUCTS_FILE: settings.productsFile,
        SUMMARY_FILE: settings.summaryFile,
      },
      log: settings.log,
    },
    settings.seconds * 1000 + OVERTIME_MS,
  );
  return parseSummary(JSON.parse(readFileSync(settings.summaryFile, 'utf8')), settings.seconds);
}

const checkSchema = z.object({ name: z.string(), fails: z.number() });

const summarySchema = z.object({
  metrics: z.record(z.string(), z.object({ values: z.record(z.string(), z.number()) })),
  root_group: z.object({ checks: z.array(checkSchema) }),
});

/** Reads the summary that load/journey.js writes. A figure that k6 had no sample for is left out or 0. */
export function parseSummary(summary: unknown, seconds: number): LoadResult {
  const { metrics, root_group: group } = summarySchema.parse(summary);
  const value = (metric: string, name: string) => metrics[metric]?.values[name];
  const journeys = value('journeys', 'count') ?? 0;
  return {
    journeys,
    journeysPerSecond: journeys / seconds,
    requests: value('http_reqs', 'count') ?? 0,
    // No step at all is no success.
    failed: value('step_failed', 'rate') ?? 1,
    latency: Object.fromEntries(
      LOAD_STEPS.map(step => [step, latencyOf(metrics[`step_${step}`]?.values)]),
    ) as LoadResult['latency'],
    brokenChecks: group.checks.filter(check => check.fails > 0).map(check => check.name),
  };
}

function latencyOf(values: Record<string, number> | undefined): Latency | undefined {
  const [p50, p95, p99] = [values?.med, values?.['p(95)'], values?.['p(99)']];
  return p50 === undefined || p95 === undefined || p99 === undefined ? undefined : { p50, p95, p99 };
}
