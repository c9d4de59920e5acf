const SuiteCloudJestConfiguration = require('@oracle/suitecloud-unit-testing/jest-configuration/SuiteCloudJestConfiguration');

const oracle = SuiteCloudJestConfiguration.build({
  projectFolder: 'src',
  projectType: SuiteCloudJestConfiguration.ProjectType.ACP,
  // Oracle's stub of N/error returns undefined from create(), and `throw undefined` hides every failure.
  customStubs: [{ module: 'N/error', path: '<rootDir>/test/helpers/error-stub.cjs' }],
});

const transform = {
  '^.+\\.ts$': '<rootDir>/test/helpers/esbuild-transform.cjs',
  '^.+\\.(css|html)$': '<rootDir>/test/helpers/text-transform.cjs',
};
// Packages that ship ES modules only, and that Jest's CommonJS runtime can't load as they are.
const esmOnly = 'jose|commander';
const transformEsm = { [`/node_modules/(${esmOnly})/.+\\.js$`]: '<rootDir>/test/helpers/esbuild-transform.cjs' };
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly}|@oracle/suitecloud-unit-testing/stubs)/)`],
};

/** Jest's five seconds are a guess about the machine; a test ends by what it waits for. */
const setupFilesAfterEnv = ['<rootDir>/test/helpers/long-timeout.ts'];

/**
 * Most suites wait for processes of their own as long as they compute: with one worker, Jest's choice for two cores, one of them would idle.
 * `npm test -- --maxWorkers=1` runs them one after the other.
 */
const cores = require('node:os').availableParallelism();
const maxWorkers = cores === 2 ? 2 : Math.max(1, cores - 1);

module.exports = {
  maxWorkers,
  projects: [
    {
      ...oracle,
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
      transform: { ...transformEsm, ...oracle.transform, ...transform },
      setupFilesAfterEnv,
    },
    // Whole processes on real sockets and real files.
    ...['conformance', 'e2e', 'faults', 'browser'].map((name) => ({
      ...base,
      displayName: name,
      testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
      transform: { ...transformEsm, ...transform },
      testEnvironment: '<rootDir>/test/helpers/environment.cjs',
      setupFilesAfterEnv,
    })),
  ],
  passWithNoTests: true,
};
