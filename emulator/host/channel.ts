import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { FromHost, Note, Outcome, Reply } from './protocol';

/** The host's end of the blocking call to the account: it posts, sleeps until the signal moves, and takes the answer from its port. */
export class Channel {
  private readonly port: MessagePort;
  private readonly signal: Int32Array;
  private readonly notes: Note[] = [];

  constructor(port: MessagePort, signal: SharedArrayBuffer) {
    this.port = port;
    this.signal = new Int32Array(signal);
  }

  call(executionId: string, name: string, args: string): Reply {
    this.send({ call: name, executionId, args, ...this.takeNotes() });
    for (;;) {
      const seen = Atomics.load(this.signal, 0);
      const received = receiveMessageOnPort(this.port) as { message: Reply } | undefined;
      if (received) return received.message;
      Atomics.wait(this.signal, 0, seen);
    }
  }

  /** A call by the host itself. Throws HostFault when the account refuses. */
  ask<T>(executionId: string, name: string, args: object): T {
    const answer = JSON.parse(this.call(executionId, name, JSON.stringify(args)).text) as { ok?: T; fault?: Fault };
    if (answer.fault) throw new HostFault(answer.fault);
    return answer.ok as T;
  }

  /** Leaves a call whose answer is known for the next message. */
  note(executionId: string, name: string, args: object): void {
    this.notes.push({ note: name, executionId, args: JSON.stringify(args) });
  }

  done(outcome: Outcome): void {
    this.send({ done: outcome, ...this.takeNotes() });
  }

  online(): void {
    this.send({ online: true });
  }

  private takeNotes(): { notes?: Note[] } {
    return this.notes.length === 0 ? {} : { notes: this.notes.splice(0) };
  }

  private send(message: FromHost): void {
    this.port.postMessage(message);
  }
}

interface Fault {
  name: string;
  message: string;
  fatal?: boolean;
  details?: Record<string, unknown>;
}

/** A refusal on its way through the host to the script that made the call. */
export class HostFault extends Error {
  override readonly name = 'HostFault';
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`${fault.name}: ${fault.message}`);
    this.fault = fault;
  }
}
