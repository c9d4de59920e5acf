// `node scripts/run.cjs <folder>/<name> [arguments]`: checks Node, builds what changed, and becomes the built program.
require('./require-node.cjs');
var childProcess = require('node:child_process');
var path = require('node:path');

var root = path.resolve(__dirname, '..');
var program = path.join(root, 'build', process.argv[2] + '.cjs');
var built = childProcess.spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs'), '--quiet'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(2);

// npm hands a signal to the shell it runs scripts in, and the shell dies without passing it on: an orphan ends as if it had been told.
var parent = process.ppid;
var watch = setInterval(function () {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 500);
watch.unref();

process.argv.splice(1, 2, program);
require(program);
