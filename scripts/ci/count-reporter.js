const { appendFileSync } = require('node:fs');

/** A Jest reporter that adds "<passed> <failed>" to the file TEST_COUNTS_FILE, if that is set. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.TEST_COUNTS_FILE;
    if (!file) return;
    // A file that did not even load has no failed test to count, and must not pass unseen.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    appendFileSync(file, `${results.numPassedTests} ${failed}\n`);
  }
};
