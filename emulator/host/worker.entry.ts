/** A host: a thread that runs one execution at a time, plus the User Events its saves fire. It knows the account by its channel only. */
import { parentPort, workerData } from 'node:worker_threads';
import { Channel } from './channel';
import { loadGuest, runFrame, type FrameEnvironment } from './frame';
import { Garbage } from './garbage';
import { letOthersFirst } from './let-others-first';
import type { HostData, Launch, Outcome, ToHost } from './protocol';
import { saveWith } from './save';
import { ScriptCache } from './script-cache';
import { runUserInterface } from './user-interface';

const port = parentPort;
if (!port) throw new Error('worker.entry runs in a worker thread only');
const { signal, guestFile } = workerData as HostData;
letOthersFirst();
loadGuest(guestFile);

const environment: FrameEnvironment = {
  channel: new Channel(port, signal),
  scripts: new ScriptCache(),
  garbage: new Garbage(),
  choreographies: new Map(),
};
for (const op of ['save', 'delete', 'submitFields'] as const) {
  environment.choreographies.set(`record.${op}`, saveWith(environment, op));
}

function run(launch: Launch, input: unknown): Outcome {
  try {
    if (launch.path === '')
      return runUserInterface(environment, launch, input as Parameters<typeof runUserInterface>[2]);
    const { outcome, output } = runFrame(environment, launch, JSON.stringify(input ?? null));
    return output === undefined ? outcome : { ...outcome, output: JSON.parse(output) as unknown };
  } catch (error) {
    return { error: { name: 'UNEXPECTED_ERROR', message: `emulator: ${String(error)}` } };
  }
}

port.on('message', (message: ToHost) => {
  if ('run' in message) environment.channel.done(run(message.run, message.input));
});
environment.channel.online();
