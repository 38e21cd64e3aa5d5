import { stopTestRun } from './test-run';

export default async function globalTeardown(): Promise<void> {
  await stopTestRun();
}
