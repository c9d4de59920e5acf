import { writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Benchmark } from './types';
import { backfillBench } from './backfill/backfill';
import { bulkBench } from './bulk/bulk';
import { capacityBench } from './capacity/capacity';
import { emulatorBench } from './emulator/emulator';
import { round } from './measure';
import { mixedBench } from './mixed/mixed';
import { watchStolenTime } from './stolen-time';
import { storeBench } from './store/store';

/** `npm run bench -- [name [arguments]] [--json FILE]`: every benchmark, or one. The figures go to stdout as one JSON line each. */
const ALL: readonly Benchmark[] = [storeBench, bulkBench, backfillBench, capacityBench, emulatorBench, mixedBench];

const machine = {
  cpus: os.cpus().length,
  model: os.cpus()[0]?.model ?? '',
  memoryGb: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  platform: `${os.platform()} ${os.release()}`,
};

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const jsonAt = args.indexOf('--json');
  const file = jsonAt < 0 ? null : (args[jsonAt + 1] ?? null);
  const [name, ...words] = args.filter((_, at) => jsonAt < 0 || (at !== jsonAt && at !== jsonAt + 1));
  const chosen = name === undefined ? ALL : ALL.filter((one) => one.name === name);
  if (chosen.length === 0) {
    console.error(`No benchmark "${name}". There are: ${ALL.map((one) => `${one.name} (${one.about})`).join(', ')}.`);
    return 2;
  }
  const results = [];
  for (const benchmark of chosen) {
    const stolenSince = watchStolenTime();
    const figures = await benchmark.run((line) => console.error(line), words);
    const stolen = stolenSince();
    const result = {
      ...figures,
      machine: stolen === undefined ? machine : { ...machine, stolenPercent: round(stolen) },
    };
    results.push(result);
    console.log(JSON.stringify(result));
  }
  if (file !== null) writeFileSync(file, JSON.stringify(name === undefined ? results : results[0], null, 2));
  return 0;
}

// With a promise that nothing will keep any more Node ends by itself, with 0 and without a word.
process.once('beforeExit', () => {
  console.error('The benchmark stopped before its end: it waits for something that will never come.');
  process.exit(1);
});
void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
