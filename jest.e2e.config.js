/** Tests over HTTP against one shared shop: run by "npm test" after a build. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/e2e/**/*.e2e-spec.ts'],
  testPathIgnorePatterns: process.env.TEST_BROWSER === 'true' ? [] : ['<rootDir>/e2e/browser/'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  reporters: ['default', '<rootDir>/scripts/ci/count-reporter.js'],
  globalSetup: '<rootDir>/e2e/support/global-setup.ts',
  globalTeardown: '<rootDir>/e2e/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/e2e/support/test-timeout.ts'],
};
