// Loaded into a child process before its own program: ends it when the process that started it is gone, however that ended. The
// starter holds the other end of descriptor 3; the system closes it with the starter, also after SIGKILL.
const { fstatSync } = require('node:fs');
const { Socket } = require('node:net');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && isHeld()) {
  const leash = new Socket({ fd: 3 });
  const end = () => process.kill(process.pid, 'SIGKILL');
  leash.once('end', end).once('error', end).once('close', end);
  leash.resume();
  leash.unref();
}

/** A process that this one forks in turn has no such descriptor. */
function isHeld() {
  try {
    return fstatSync(3).isSocket();
  } catch {
    return false;
  }
}
