import path from 'node:path';
import { startAccount, type Execution, type NetSuiteAccount } from '../../test/helpers/netsuite/account-process';
import { round } from '../measure';
import type { Benchmark, BenchResult } from '../types';
import { bulkCustomer } from './customers';
import { runLoad, type LoadOutcome } from './run-load';
import { watchSize } from './watch-size';

const SCRIPT = 'customscript_srl_apply_bulk';
/** What the platform allows (Oracle page section_4480364878). */
const LIMIT_UNITS: Readonly<Record<string, number>> = {
  getInputData: 10_000,
  map: 1000,
  reduce: 5000,
  summarize: 10_000,
};
const LIMIT_PERSISTED = 200 * 1024 * 1024;
const UNITS_PER_CUSTOMER = 16;

interface Measured {
  load: LoadOutcome;
  runs: Execution[];
  created: number;
  distinct: number;
  persistedBytes: number;
}

async function measure(account: NetSuiteAccount, count: number): Promise<Measured> {
  const size = await watchSize(account, SCRIPT, 500);
  const load = await runLoad(account, count, bulkCustomer);
  const persistedBytes = await size.stop();
  const writes = await account.control<{ op: string; type: string; id: string }[]>(
    'GET',
    `ledger/records?scriptId=${SCRIPT}`,
  );
  const creates = writes.filter(({ op, type }) => op === 'create' && type === 'customer');
  return {
    load,
    runs: await account.executions(SCRIPT),
    created: creates.length,
    distinct: new Set(creates.map(({ id }) => id)).size,
    persistedBytes,
  };
}

function figuresOf(count: number, { load, runs, created, distinct, persistedBytes }: Measured): Record<string, number> {
  const units = runs.reduce((sum, run) => sum + run.unitsUsed, 0);
  const most = (stage: string): number =>
    Math.max(0, ...runs.filter((run) => run.stage === stage).map((run) => run.unitsUsed));
  return {
    operations: count,
    parts: load.parts,
    megabytes: round(load.bytes / 1e6),
    created,
    distinctRecords: distinct,
    results: load.results,
    answeredOperations: load.answered,
    unitsPerCustomer: round(units / count),
    persistedPeakMegabytes: round(persistedBytes / 2 ** 20),
    invocations: runs.length,
    invocationsWithError: runs.filter((run) => run.error !== undefined).length,
    ...Object.fromEntries(Object.keys(LIMIT_UNITS).map((stage) => [`mostUnits.${stage}`, most(stage)])),
    seconds: round(load.loadMs / 1000),
    perSecond: round((count * 1000) / load.loadMs),
  };
}

/** Every guarantee of a bulk load that this run broke, in words. */
function brokenGuarantees(count: number, figures: Record<string, number>, state: string): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, told: string): void => void (holds || broken.push(told));
  const figure = (name: string): number => figures[name] ?? Number.NaN;
  check(state === 'done', `the job is ${state}`);
  check(
    figure('created') === count && figure('distinctRecords') === count,
    `${figure('created')} customers of ${count} created`,
  );
  check(
    figure('results') === count && figure('answeredOperations') === count,
    `${figure('results')} results of ${count}`,
  );
  check(figure('unitsPerCustomer') <= UNITS_PER_CUSTOMER, `${figure('unitsPerCustomer')} units a customer`);
  check(
    figure('persistedPeakMegabytes') * 2 ** 20 <= LIMIT_PERSISTED,
    `${figure('persistedPeakMegabytes')} MB persisted`,
  );
  check(figure('invocationsWithError') === 0, `${figure('invocationsWithError')} invocations ended with an error`);
  for (const [stage, limit] of Object.entries(LIMIT_UNITS)) {
    check(figure(`mostUnits.${stage}`) <= limit, `${stage} took ${figure(`mostUnits.${stage}`)} of ${limit} units`);
  }
  return broken;
}

export const bulkBench: Benchmark = {
  name: 'bulk',
  about: 'one bulk load of so many customers (default 2000) through the emulator, every guarantee checked',
  async run(say, [given]): Promise<BenchResult> {
    const count = Number(given ?? 2000);
    const account = await startAccount({}, path.resolve(__dirname, '../..'));
    try {
      const measured = await measure(account, count);
      const figures = figuresOf(count, measured);
      for (const [name, figure] of Object.entries(figures)) say(`${name} ${figure}`);
      const broken = brokenGuarantees(count, figures, measured.load.status.state);
      if (broken.length > 0) throw new Error(`broken: ${broken.join('; ')}`);
      return { name: 'bulk', figures, peer: {} };
    } finally {
      await account.stop();
    }
  },
};
