/** Fast tests of pure code: no server, no database. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/scripts/**/*.spec.ts', '<rootDir>/bench/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  reporters: ['default', '<rootDir>/scripts/ci/count-reporter.js'],
};
