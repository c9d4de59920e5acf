import { existsSync } from 'node:fs';
import path from 'node:path';
import { Host, type HostOptions } from './host';
import type { Launch, Outcome } from './protocol';
import { Turns } from './turns';

/** A built file: beside the running bundle, or in the repository's build folder when the sources run (tests). */
export function builtFile(name: string): string {
  const candidates = [path.join(__dirname, name), path.join(__dirname, '../../build/emulator', name)];
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not built: run "npm run build" first (looked at ${candidates.join(', ')})`);
  return found;
}

/** Host threads: made when an execution finds none idle, kept for the next one. The account's own limits decide how many can be busy. */
export class HostPool {
  private readonly options: HostOptions;
  private readonly turns = new Turns();
  private idle: Host[] = [];
  private readonly all = new Set<Host>();
  private closed = false;

  constructor(options: HostOptions) {
    this.options = options;
  }

  async run(launch: Launch, input: unknown): Promise<Outcome | 'burned'> {
    const host = this.idle.pop() ?? this.start();
    const outcome = await host.run(launch, input);
    if (outcome === 'burned' || host.broken || this.closed) this.drop(host);
    else this.idle.push(host);
    return outcome;
  }

  warm(count: number): void {
    while (this.all.size < count) this.idle.unshift(this.start());
  }

  /** Ends idle threads: new ones see what has changed around the process (its time zone). */
  renew(): void {
    for (const host of this.idle.splice(0)) this.drop(host);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.idle = [];
    await Promise.all([...this.all].map((host) => host.stop()));
    this.all.clear();
  }

  private start(): Host {
    const host = new Host(this.options, this.turns, builtFile('worker.cjs'), builtFile('guest.js'));
    this.all.add(host);
    return host;
  }

  private drop(host: Host): void {
    this.all.delete(host);
    void host.stop();
  }
}
