import { findBuilt, startProgram, type Started } from '../../demo/child-process';
import { endWithTestFile } from './spawn-child';

/** A built program as `npm start` starts it, for a test: it ends with its test file at the latest, and with this process, however that ends. */
export async function startBuilt(
  name: 'emulator' | 'relay',
  args: readonly string[],
  logFile: string,
): Promise<Started> {
  const started = await startProgram(`the ${name}`, findBuilt(name, 'main.cjs'), args, logFile);
  endWithTestFile(started.child);
  return started;
}
