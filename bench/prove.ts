import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The proofs, by the test file that runs in full size. */
const PROOFS: Record<string, string> = {
  crash: 'e2e/crash.e2e-spec.ts',
  events: 'e2e/domain-events.e2e-spec.ts',
  jobs: 'e2e/jobs.e2e-spec.ts',
  inventory: 'e2e/inventory-races.e2e-spec.ts',
  lifecycle: 'e2e/lifecycle-crash.e2e-spec.ts',
  payments: 'e2e/payments-chaos.e2e-spec.ts',
};

const ROOT = join(__dirname, '../..');
const RESULTS = join(ROOT, 'bench/PROOFS.md');
const HEADER = `# Proofs

Each line is one run of \`npm run prove -- <name> [--seed N]\`: a concurrency or crash test at its full size.

| date (UTC) | proof | seed | commit | services | passed | failed | seconds |
|---|---|---|---|---|---|---|---|
`;

interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

function main(): void {
  const [name, ...options] = process.argv.slice(2);
  const file = name === undefined ? undefined : PROOFS[name];
  const seed = options[0] === '--seed' ? Number(options[1]) : 1;
  if (name === undefined || file === undefined || !Number.isInteger(seed)) {
    console.error(`Usage: npm run prove -- <${Object.keys(PROOFS).join('|')}> [--seed N]`);
    process.exit(2);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'tradewind-proof-'));
  const output = join(scratch, 'results.json');
  const startedAt = Date.now();
  const tested = commit();
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/jest'),
    [
      '--config',
      'jest.e2e.config.js',
      '--runInBand',
      '--runTestsByPath',
      file,
      '--json',
      '--outputFile',
      output,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PROOF_SIZE: 'full', PROOF_SEED: String(seed) },
    },
  );
  const results = JSON.parse(readFileSync(output, 'utf8')) as JestResults;
  rmSync(scratch, { recursive: true });
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const row = [
    new Date(startedAt).toISOString().slice(0, 16).replace('T', ' '),
    name,
    seed,
    tested,
    services(),
    results.numPassedTests,
    failed,
    seconds,
  ];
  if (!existsSync(RESULTS)) writeFileSync(RESULTS, HEADER);
  appendFileSync(RESULTS, `| ${row.join(' | ')} |\n`);
  console.log(`${name}: ${results.numPassedTests} passed, ${failed} failed in ${seconds} s (seed ${seed})`);
  process.exit(status ?? 1);
}

/** The short commit, marked when the work tree differs from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
}

function services(): string {
  const used = [
    process.env.TEST_DATABASE_URL === undefined ? 'embedded PostgreSQL' : 'PostgreSQL',
    ...(process.env.TEST_REDIS_URL === undefined ? [] : ['Redis']),
    ...(process.env.TEST_SEARCH_URL === undefined ? [] : ['OpenSearch']),
    ...(process.env.TEST_LOCALSTRIPE_URL === undefined ? [] : ['localstripe']),
  ];
  return used.join(', ');
}

main();
