/**
 * Runs the PostgreSQL of one test run: `node postgres-host.js <folder> <port>`, over IPC. It stops the server and
 * deletes the folder when the test run lets go of it, and also when the test run was killed.
 */
const { rmSync } = require('node:fs');
const { EmbeddedPostgres } = require('../../dist/scripts/start/embedded-postgres.js');

const [dir, port] = process.argv.slice(2);

const postgres = new EmbeddedPostgres({
  dir,
  port: Number(port),
  // Nothing here outlives the run: durability would only cost time.
  settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
});

let started;

async function stop() {
  await started?.catch(() => {});
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
  process.exit(0);
}

// Ctrl-C reaches the whole process group: the shops that use this server must be able to end first.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => void stop());
process.once('disconnect', () => void stop());

started = postgres.start();
started.then(
  urlOf => process.send({ type: 'ready', url: urlOf('postgres') }),
  error => {
    process.send({ type: 'failed', message: error.message }, () => process.exit(1));
  },
);
