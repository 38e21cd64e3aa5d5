import { startTestRun } from './test-run';

export default async function globalSetup(): Promise<void> {
  await startTestRun();
}
