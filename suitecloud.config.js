// Oracle's CLI deploys build/sdf, never the TypeScript sources. It checks that the project folder holds manifest.xml and
// deploy.xml before it runs beforeExecuting, so an empty stage is laid when this file loads; the hook then builds into it.
const fs = require('node:fs');
const path = require('node:path');
const { execFileSync } = require('node:child_process');

const root = __dirname;
const stage = path.join(root, 'build', 'sdf');
fs.mkdirSync(stage, { recursive: true });
for (const file of ['manifest.xml', 'deploy.xml']) fs.copyFileSync(path.join(root, file), path.join(stage, file));

const run = (script, ...args) =>
  execFileSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit' });

const build = {
  beforeExecuting: (args) => {
    run('scripts/build.mjs');
    return args;
  },
};

/** A deploy is built and tested first: what fails here never reaches an account. */
const buildAndTest = {
  beforeExecuting: (args) => {
    run('scripts/build.mjs');
    run('node_modules/jest/bin/jest.js', '--selectProjects', 'unit');
    return args;
  },
};

module.exports = {
  defaultProjectFolder: 'build/sdf',
  commands: {
    'project:package': build,
    'project:validate': build,
    'project:deploy': buildAndTest,
    'file:upload': build,
  },
};
