import { Worker } from 'node:worker_threads';
import { CpuWatch } from './cpu-watch';
import type { FromHost, Launch, Outcome, Reply, ToHost } from './protocol';
import type { Turn, Turns } from './turns';

export interface HostOptions {
  answer(executionId: string, name: string, args: string): Promise<Reply | 'stop'>;
  cpuLimitMs(): number;
  memoryLimitMb(): number;
}

const MB = 2 ** 20;

/** What ends a script that takes memory without end. Its thread ends with it: nothing else gives all of that memory back. */
const outOfMemory = (limitMb: number): Outcome => ({
  error: {
    name: 'UNEXPECTED_ERROR',
    message: `The script takes more than ${limitMb} MB of memory (setting memoryLimitMb).`,
    fatal: true,
  },
});

/** How often a busy host is looked at. */
const WATCH_EVERY_MS = 250;

/** One host thread as the account sees it: runs one execution at a time and is stopped when that burns CPU without calling anything. */
export class Host {
  private readonly options: HostOptions;
  private readonly worker: Worker;
  private readonly signal: Int32Array;
  /** The thread died, e.g. of memory: it can't run another execution. */
  broken = false;
  private online = false;
  private finish: ((outcome: Outcome | 'burned') => void) | undefined;
  private readonly turns: Turns;
  private turn: Turn;
  /** Real time since which the script's own code has been running; undefined while the account works for it. */
  private runningSince: number | undefined;
  private watch: NodeJS.Timeout | undefined;
  private readonly cpu = new CpuWatch(() => this.readCpuMs());

  constructor(options: HostOptions, turns: Turns, workerFile: string, guestFile: string) {
    this.options = options;
    this.turns = turns;
    this.turn = turns.open();
    const signal = new SharedArrayBuffer(4);
    this.signal = new Int32Array(signal);
    this.worker = new Worker(workerFile, {
      workerData: { signal, guestFile },
      // V8's own limit is gigabytes: a script that comes to it takes the machine's memory from all others first.
      resourceLimits: { maxOldGenerationSizeMb: options.memoryLimitMb() },
      stdout: false,
      stderr: false,
    });
    this.worker.on('message', (message: FromHost) => this.receive(message));
    this.worker.on('error', (error: Error & { code?: string }) => {
      this.broken = true;
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return this.end(outOfMemory(options.memoryLimitMb()));
      this.end({ error: { name: 'UNEXPECTED_ERROR', message: `emulator: ${String(error)}`, fatal: true } });
    });
    this.worker.unref();
  }

  run(launch: Launch, input: unknown): Promise<Outcome | 'burned'> {
    return new Promise((resolve) => {
      this.finish = resolve;
      this.worker.ref();
      this.turn = this.turns.open();
      this.watch = setInterval(() => {
        void this.checkCpu();
        void this.checkMemory();
      }, WATCH_EVERY_MS);
      this.turns.take(this.turn, () => {
        this.runningSince = this.online ? performance.now() : undefined;
        try {
          this.send({ run: launch, input });
        } catch (error) {
          // Input that is nested too deep can't be handed over.
          this.end({ error: { name: 'UNEXPECTED_ERROR', message: `emulator: ${String(error)}` } });
        }
      });
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.watch);
    await this.worker.terminate();
    this.end('burned');
  }

  private receive(message: FromHost): void {
    if ('online' in message) {
      this.online = true;
      if (this.finish) this.runningSince = performance.now();
      return;
    }
    for (const { note, executionId, args } of message.notes ?? []) void this.options.answer(executionId, note, args);
    if ('done' in message) this.end(message.done);
    else void this.serve(message.executionId, message.call, message.args);
  }

  private async serve(executionId: string, name: string, args: string): Promise<void> {
    this.runningSince = undefined;
    this.turns.leave(this.turn);
    const reply = await this.options.answer(executionId, name, args);
    if (reply === 'stop') return this.end('burned');
    this.turns.take(this.turn, () => {
      this.runningSince = performance.now();
      this.send(reply);
    });
  }

  private send(message: ToHost): void {
    this.worker.postMessage(message);
    Atomics.add(this.signal, 0, 1);
    Atomics.notify(this.signal, 0);
  }

  private end(outcome: Outcome | 'burned'): void {
    clearInterval(this.watch);
    this.runningSince = undefined;
    this.turns.close(this.turn);
    this.worker.unref();
    const finish = this.finish;
    this.finish = undefined;
    finish?.(outcome);
  }

  private async checkCpu(): Promise<void> {
    const since = this.runningSince;
    if (since === undefined) return;
    const stillRuns = (): boolean => this.runningSince === since;
    if ((await this.cpu.isBurned(since, this.options.cpuLimitMs(), stillRuns)) && stillRuns()) this.end('burned');
  }

  /** Array buffers lie outside of the heap that V8 limits. Only who runs longer than a look is asked. */
  private async checkMemory(): Promise<void> {
    const { finish } = this;
    if (this.runningSince === undefined) return;
    // Node 22 has no such method.
    const worker: Partial<Pick<Worker, 'getHeapStatistics'>> = this.worker;
    const used = await worker.getHeapStatistics?.().catch(() => undefined);
    const limitMb = this.options.memoryLimitMb();
    if (!used || this.finish !== finish || used.used_heap_size + used.external_memory < limitMb * MB) return;
    this.broken = true;
    this.end(outOfMemory(limitMb));
  }

  private async readCpuMs(): Promise<number | undefined> {
    // Node 22 has no such method.
    const worker: Partial<Pick<Worker, 'cpuUsage'>> = this.worker;
    const usage = await worker.cpuUsage?.().catch(() => undefined);
    return usage && (usage.user + usage.system) / 1000;
  }
}
