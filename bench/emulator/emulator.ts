import path from 'node:path';
import { startAccount } from '../../test/helpers/netsuite/account-process';
import { round } from '../measure';
import type { Benchmark, BenchResult, Goal } from '../types';
import { measureCreates } from './creates';
import { measureSearches } from './searches';

const START_MS = 1500;
const CREATES_PER_SECOND = 300;
const SEARCH_MS = 50;

/**
 * The emulator with the built project: how soon it answers, how many customers a second the upsert RESTlet creates in it, and what a search by
 * index takes. Words behind the name: customers to create (default 3000), records to search among (default 100,000).
 */
export const emulatorBench: Benchmark = {
  name: 'emulator',
  about: 'start, customer creates a second and searches of the emulator (words: creates, stored records)',
  async run(say, [creates = '3000', records = '100000']): Promise<BenchResult> {
    const folder = path.resolve(__dirname, '../..');
    const figures: Record<string, number> = {};
    const goals: Goal[] = [];
    const note = (goal: string, figure: number, met: boolean): void => {
      figures[goal] = round(figure);
      goals.push({ goal, figure: round(figure), met });
      say(`${met ? 'met ' : 'MISS'} ${goal}: ${round(figure)}`);
    };
    const begun = performance.now();
    const account = await startAccount({}, folder);
    try {
      const startMs = performance.now() - begun;
      note(`start, ms (at most ${START_MS})`, startMs, startMs <= START_MS);
      const { perSecond, cpuMs, stolen } = await measureCreates(account, Number(creates));
      note(`creates a second (at least ${CREATES_PER_SECOND})`, perSecond, perSecond >= CREATES_PER_SECOND);
      if (cpuMs !== undefined) {
        figures['processor ms a create'] = round(cpuMs);
        say(`processor ms a create ${round(cpuMs)}`);
      }
      if (stolen !== undefined) {
        figures['processors kept by the host, %'] = round(stolen);
        say(`processors kept by the host for others ${round(stolen)} %`);
      }
      for (const [name, ms] of Object.entries(await measureSearches(account, Number(records)))) {
        note(`search by ${name}, ms (below ${SEARCH_MS})`, ms, ms < SEARCH_MS);
      }
      return { name: 'emulator', figures, peer: {}, goals };
    } finally {
      await account.stop();
    }
  },
};
