/**
 * Runs the tests: `node scripts/ci/run-tests.js [unit] [e2e]`.
 *
 * Most of what the e2e tests do is to wait, so two Jest processes share their files, each with a shop, databases and
 * mails of its own. TEST_BROWSER=true adds the tests that need a browser, all in one of the two: it compiles the staff
 * pages. Further arguments go to Jest, for example a part of a file's name.
 */
const { spawn } = require('node:child_process');
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { createInterface } = require('node:readline');

const ROOT = join(__dirname, '../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const SHARES = 2;

/** What each file took, in seconds. Written by a run with RECORD_SECONDS=true; only used to share the files out evenly. */
const SECONDS_FILE = join(__dirname, 'e2e-seconds.json');

/** For a file that was never recorded. */
const USUAL_SECONDS = 30;

const children = new Set();

function jest(name, args, env) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [JEST, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      createInterface({ input: from }).on('line', line => to.write(`${name}| ${line}\n`));
    }
    child.on('close', code => {
      children.delete(child);
      resolve(code ?? 1);
    });
  });
}

function e2eFiles() {
  return readdirSync(join(ROOT, 'e2e'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.e2e-spec.ts'))
    .map(entry => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .filter(file => process.env.TEST_BROWSER === 'true' || !isForBrowser(file));
}

function isForBrowser(file) {
  return file.startsWith(join('e2e', 'browser'));
}

/** The longest first, each to the share that has the least so far; those for a browser stay together. */
function shareOut(files, seconds) {
  const shares = Array.from({ length: SHARES }, () => ({ files: [], seconds: 0 }));
  const give = (share, file) => {
    share.files.push(file);
    share.seconds += seconds[file] ?? USUAL_SECONDS;
  };
  files.filter(isForBrowser).forEach(file => give(shares[0], file));
  files
    .filter(file => !isForBrowser(file))
    .sort((a, b) => (seconds[b] ?? USUAL_SECONDS) - (seconds[a] ?? USUAL_SECONDS))
    .forEach(file => {
      const least = Math.min(...shares.map(share => share.seconds));
      give(
        shares.find(share => share.seconds === least),
        file,
      );
    });
  return shares.map(share => share.files).filter(share => share.length > 0);
}

async function unit(args) {
  return jest('unit', ['--config', 'jest.config.js', ...args], {});
}

async function e2e(args) {
  const seconds = JSON.parse(readFileSync(SECONDS_FILE, 'utf8'));
  const shares = shareOut(e2eFiles(), seconds);
  const record = process.env.RECORD_SECONDS === 'true';
  const results = shares.map((_, index) => join(ROOT, '.cache', `e2e-results-${index + 1}.json`));
  const codes = await Promise.all(
    shares.map((files, index) =>
      jest(
        `e2e ${index + 1}`,
        [
          ...['--config', 'jest.e2e.config.js', '--runInBand', ...args],
          ...(record ? ['--json', '--outputFile', results[index]] : []),
          ...['--runTestsByPath', ...files],
        ],
        {
          TEST_SHARE: String(index + 1),
          TEST_BROWSER: files.some(isForBrowser) ? 'true' : '',
        },
      ),
    ),
  );
  if (record) writeSeconds(seconds, results);
  return Math.max(...codes);
}

function writeSeconds(before, results) {
  const taken = results.flatMap(file =>
    JSON.parse(readFileSync(file, 'utf8')).testResults.map(({ name, startTime, endTime }) => [
      relative(ROOT, name),
      Math.max(1, Math.round((endTime - startTime) / 1000)),
    ]),
  );
  const all = Object.entries({ ...before, ...Object.fromEntries(taken) });
  const sorted = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(SECONDS_FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}

async function main() {
  const kinds = { unit, e2e };
  const given = process.argv.slice(2);
  const chosen = given.filter(arg => arg in kinds);
  const args = given.filter(arg => !(arg in kinds));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => children.forEach(child => child.kill(signal)));
  }
  let worst = 0;
  for (const kind of chosen) worst = Math.max(worst, await kinds[kind](args));
  process.exitCode = worst;
}

void main();
