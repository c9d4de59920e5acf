import path from 'node:path';
import { spawnChild } from '../../test/helpers/spawn-child';
import { endChild, firstLine } from '../children';
import { LATENCY, SLOTS, type CapacityAccount, type Stretch } from './account';

interface Ready {
  url: string;
  accountId: string;
  credentials: { tba: object };
}

/** How often the account is asked how much is in flight, in ms. */
const SAMPLE_MS = 25;

/** The emulator as a process, running the built scripts, with the same latency in real time. */
export async function startEmulated(): Promise<CapacityAccount> {
  const child = spawnChild([path.resolve(__dirname, '../emulator/main.cjs')]);
  const { url, accountId, credentials } = JSON.parse(await firstLine(child, 'emulator')) as Ready;
  const control = async <T>(method: string, call: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/_emulator/${call}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${call}: ${answer.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
  const latency = { kind: 'latency', match: { scriptId: 'customscript_srl_upsert' }, ...LATENCY, real: true };
  await control('POST', 'faults', [latency]);
  let foreign: string | null = null;
  return {
    name: 'emulator',
    netsuite: { account: accountId, baseUrl: url, auth: { type: 'tba', ...credentials.tba } },
    foreign: async (slots) => {
      if (foreign !== null) await control('POST', `faults/${foreign}/release`);
      foreign = null;
      if (slots === 0) return;
      const [fault] = await control<{ faultId: string }[]>('POST', 'faults', [{ kind: 'foreignLoad', slots }]);
      foreign = fault?.faultId ?? null;
    },
    measure: () => measure(() => control('GET', 'concurrency')),
    stop: () => endChild(child, 'emulator', 'SIGTERM'),
  };
}

interface Report {
  inFlight: number;
  rejected: number;
  admitted: number;
}

/** Samples what is in flight; counts of calls are the account's own. */
async function measure(report: () => Promise<Report>): Promise<() => Promise<Stretch>> {
  const first = await report();
  const begun = performance.now();
  const samples: number[] = [];
  let stopped = false;
  const sampling = (async () => {
    while (!stopped) {
      samples.push((await report()).inFlight);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  return async () => {
    stopped = true;
    await sampling;
    const last = await report();
    const mean = (cap: number) =>
      samples.reduce((sum, one) => sum + Math.min(one, cap), 0) / Math.max(1, samples.length);
    const refused = last.rejected - first.rejected;
    return {
      seconds: (performance.now() - begun) / 1000,
      mean: mean(SLOTS),
      meanOfFour: mean(SLOTS - 1),
      peak: Math.max(0, ...samples),
      calls: last.admitted - first.admitted + refused,
      refused,
      longestBorrowedMs: null,
    };
  };
}
