import { round } from '../measure';
import type { Benchmark, Goal } from '../types';
import type { CapacityAccount } from './account';
import { startEmulated } from './emulated-account';
import { bothLanes, bulkAlone, foreignTraffic, realTime, type Scene } from './scenarios';
import { startStandIn } from './stand-in-account';

const SCENARIOS = { bothLanes, bulkAlone, foreignTraffic, realTime };

/**
 * How the relay uses an account of five slots that takes 150 ms a call and 8 ms a record. As it comes it takes
 * nine minutes. `CAPACITY_SECONDS` is the length of a stretch (20), `CAPACITY_FOREIGN_SECONDS` that of foreign traffic (300), `CAPACITY_RECORDS`
 * the load beside real time (50,000), `CAPACITY_ACCOUNT=emulator` runs the deployed scripts, `CAPACITY_ONLY=bothLanes,realTime` chooses.
 */
export const capacityBench: Benchmark = {
  name: 'capacity',
  about: 'how the slots of an account are used: lanes, foreign traffic, real time beside a load',
  async run(say) {
    const figures: Record<string, number> = {};
    const goals: Goal[] = [];
    const only = process.env['CAPACITY_ONLY']?.split(',');
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      if (only && !only.includes(name)) continue;
      const account = await openAccount();
      const scene: Scene = {
        account,
        seconds: Number(process.env['CAPACITY_SECONDS'] ?? 20),
        foreignSeconds: Number(process.env['CAPACITY_FOREIGN_SECONDS'] ?? 300),
        records: Number(process.env['CAPACITY_RECORDS'] ?? 50_000),
        note: (goal, figure, met) => {
          goals.push({ goal, figure: round(figure, 4), met });
          figures[goal] = round(figure, 4);
          say(`${met ? 'met ' : 'MISS'} ${goal}: ${round(figure, 4)}`);
        },
      };
      try {
        await scenario(scene);
      } finally {
        await account.stop();
      }
    }
    return { name: 'capacity', figures, peer: {}, goals };
  },
};

const openAccount = (): Promise<CapacityAccount> =>
  process.env['CAPACITY_ACCOUNT'] === 'emulator' ? startEmulated() : startStandIn();
