import { Shop } from './start/shop';
import { Terminal } from './start/terminal';
import { explain } from './start/user-error';

/** `npm start`: everything a shop needs on one machine, from a fresh clone to the URLs, until Ctrl-C. */
const terminal = new Terminal();
const shop = new Shop(process.env, terminal);

let stopping: Promise<void> | undefined;
const stop = (exitCode: number) => {
  stopping ??= shop.stop().then(
    () => {
      if (exitCode === 0) terminal.line('Stopped.');
      process.exit(exitCode);
    },
    (error: unknown) => {
      terminal.line(`Not everything could be stopped: ${explain(error)}`);
      process.exit(1);
    },
  );
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping === undefined) {
      terminal.line('\nStopping: requests and jobs are finished first. Ctrl-C again ends them at once.');
      stop(0);
    } else {
      shop.kill();
    }
  });
}

shop.start().catch((error: unknown) => {
  // A stop in the middle of the start makes its steps fail: that is no error.
  if (stopping !== undefined) return;
  terminal.line(explain(error));
  stop(1);
});
