// Jest's own environment for Node; what a test file started and did not stop ends with the file, so that no file disturbs the next one.
const { TestEnvironment } = require(
  require.resolve('jest-environment-node', { paths: [require.resolve('jest/package.json')] }),
);

module.exports = class extends TestEnvironment {
  async teardown() {
    for (const child of this.global?.suiterelayChildren ?? []) child.kill('SIGKILL');
    await super.teardown();
  }
};
