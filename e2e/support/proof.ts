/**
 * Tests of concurrency and crashes come in two sizes: a small one in the suite, and the full one by
 * `npm run prove -- <name>`, which sets these variables.
 */
export function proofSize<T>(sizes: { small: T; full: T }): T {
  return process.env.PROOF_SIZE === 'full' ? sizes.full : sizes.small;
}

/** The seed of every random choice in such a test; printed when it fails, so that it can be run again. */
export const proofSeed = Number(process.env.PROOF_SEED ?? 1);
