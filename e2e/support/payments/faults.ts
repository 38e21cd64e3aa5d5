import { below } from '../random';

/**
 * What goes wrong with one request.
 *
 * - `drop`: the connection breaks, before the provider has seen the request or after it has carried it out
 * - `cut`: the answer breaks off in the middle
 * - `hang`: no answer ever comes
 * - `status`: an error of the server, as JSON; `html`: as the page of some machine in between; `empty`: 200 and nothing
 * - `duplicate`: the request reaches the provider twice
 * - `delay`: the answer takes its time
 */
export type Fault =
  | { readonly kind: 'drop' | 'hang' | 'html' | 'empty'; readonly reached: boolean }
  | { readonly kind: 'status'; readonly reached: boolean; readonly status: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'delay'; readonly ms: number };

export interface FaultPlan {
  /** The same seed and the same requests give the same faults. */
  readonly random: () => number;
  /** How many of a hundred requests go wrong. */
  readonly percent: number;
  /** The longest delay (ms). */
  readonly maxDelayMs: number;
}

/** One for each way, with the losses after the effect most often: they are what payments are lost and doubled by. */
const WAYS: readonly ((plan: FaultPlan) => Fault)[] = [
  () => ({ kind: 'drop', reached: true }),
  () => ({ kind: 'drop', reached: true }),
  () => ({ kind: 'drop', reached: false }),
  () => ({ kind: 'cut' }),
  () => ({ kind: 'status', reached: true, status: 500 }),
  () => ({ kind: 'status', reached: false, status: 503 }),
  () => ({ kind: 'html', reached: true }),
  () => ({ kind: 'html', reached: false }),
  () => ({ kind: 'empty', reached: true }),
  () => ({ kind: 'duplicate' }),
  ({ random, maxDelayMs }) => ({ kind: 'delay', ms: below(maxDelayMs + 1, random) }),
];

export function plannedFault(plan: FaultPlan): Fault | null {
  if (plan.random() * 100 >= plan.percent) return null;
  return WAYS[below(WAYS.length, plan.random)]!(plan);
}
