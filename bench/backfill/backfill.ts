import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFlowStage, type FlowStage } from '../../test/helpers/flow-stage';
import { round } from '../measure';
import type { Benchmark, BenchResult } from '../types';
import { account, accountId, customersBefore } from './accounts';
import { runCommand, type CommandRun } from './run-command';
import { watchMemory, type MemoryWatch } from './watch-memory';

const SEED_PART = 500;
const LOOK_MS = 500;
/** Share of the load that is accepted when the relay is killed. */
const KILLED_AT = 0.4;

type Overview = { byPoolAndLane: { pool: string; lane: string; state: string; count: number }[] };

/** An account, a relay and a Salesforce org that holds nothing but so many accounts. */
async function prepare(count: number): Promise<{ stage: FlowStage; known: number; asked: number }> {
  const stage = await startFlowStage((config) => {
    config['bulkJobs'] = { above: 1_000, pollSeconds: 1 };
    config['log'] = { level: 'warn' };
  });
  const { salesforce } = stage.crms;
  salesforce.table.clear();
  salesforce.table.put('Organization', '00D000000000001EAA', {
    Id: '00D000000000001EAA',
    Name: 'Org',
    IsSandbox: true,
  });
  for (let at = 0; at < count; at += 1) salesforce.add('Account', account(at));
  const { records, known, asked } = customersBefore(count);
  for (let from = 0; from < records.length; from += SEED_PART)
    await stage.control.seed(records.slice(from, from + SEED_PART));
  return { stage, known, asked };
}

const overviewOf = async (stage: FlowStage): Promise<Overview> => {
  const url = `${String(stage.relay().ready['url'])}/v1/admin/overview`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${stage.keys.admin}` } });
  return (await answer.json()) as Overview;
};

/** Kills the relay once so much was accepted. */
async function killInTheMiddle(stage: FlowStage, accepted: number): Promise<void> {
  for (;;) {
    const { byPoolAndLane } = await overviewOf(stage);
    // Real time is what the org tells of by itself.
    const loaded = byPoolAndLane.filter(({ pool, lane }) => lane === 'bulk' && !pool.includes(':'));
    if (loaded.reduce((sum, { count }) => sum + count, 0) >= accepted) break;
    await sleep(100);
  }
  const { child } = stage.relay();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const OPEN = new Set(['queued', 'sending', 'retrying']);

/** Waits until nothing is on its way any more: to NetSuite, then back to the CRM. */
async function settled(stage: FlowStage, begun: number, watch: MemoryWatch, say: (line: string) => void) {
  let netsuiteSeconds = 0;
  const peaks: number[] = [];
  for (let looks = 1; ; looks += 1) {
    const { byPoolAndLane } = await overviewOf(stage);
    const waiting = (back: boolean): number =>
      byPoolAndLane
        .filter(({ pool, state }) => pool.startsWith('out:') === back && OPEN.has(state))
        .reduce((sum, { count }) => sum + count, 0);
    const [there, back] = [waiting(false), waiting(true)];
    if (there === 0 && netsuiteSeconds === 0) netsuiteSeconds = (performance.now() - begun) / 1000;
    if (looks % 20 === 0 || there + back === 0) {
      peaks.push(watch.peakMb());
      say(`on the way to NetSuite ${there}, back ${back}; relay ${peaks.at(-1) ?? 0} MB`);
    }
    if (there + back === 0) return { netsuiteSeconds, allSeconds: (performance.now() - begun) / 1000, peaks };
    await sleep(LOOK_MS);
  }
}

async function measure(count: number, say: (line: string) => void): Promise<Record<string, number>> {
  const { stage, known, asked } = await prepare(count);
  try {
    const before = (await stage.control.all('customer')).length;
    const links = path.join(stage.data, 'links.json');
    const which = ['--crm', 'salesforce', '--object', 'Account', '--config', stage.config, '--links', links];
    const preflight = await runCommand(['preflight', ...which, '--json'], {});
    assertEnded(preflight, 'preflight');
    say(`preflight: ${round(preflight.seconds)} s, ${preflight.peakMb} MB`);

    const url = keepAddress(stage);
    const env = { SUITERELAY_URL: url, SUITERELAY_KEY: stage.keys.salesforce };
    const begun = performance.now();
    const loading = runCommand(['backfill', ...which, '--apply'], env);
    await killInTheMiddle(stage, count * KILLED_AT);
    await stage.startRelay();
    say('the relay was killed and started again; the command goes on by itself');
    const watch = watchMemory(stage.relay().child.pid ?? 0);
    const load = await loading;
    assertEnded(load, 'backfill');
    const { netsuiteSeconds, allSeconds, peaks } = await settled(stage, begun, watch, say);
    watch.stop();
    const counted = await countWritten(stage, count);
    return {
      accounts: count,
      linkedBefore: known,
      leftToPeople: asked,
      preflightSeconds: round(preflight.seconds),
      preflightPeakMb: preflight.peakMb,
      commandPeakMb: load.peakMb,
      acceptSeconds: round(load.seconds),
      netsuiteSeconds: round(netsuiteSeconds),
      allSeconds: round(allSeconds),
      perSecond: round(count / netsuiteSeconds),
      relayPeakMb: Math.max(...peaks),
      relayLastMb: peaks.at(-1) ?? 0,
      created: (counted['customers'] ?? 0) - before,
      ...counted,
      expectedCustomers: before + count - known - asked,
    };
  } finally {
    await stage.close();
  }
}

/** The relay's address, under which it is to be found after it was started again, too. */
function keepAddress(stage: FlowStage): string {
  const url = String(stage.relay().ready['url']);
  const config = JSON.parse(readFileSync(stage.config, 'utf8')) as { listen?: object };
  writeFileSync(
    stage.config,
    JSON.stringify({ ...config, listen: { ...config.listen, port: Number(new URL(url).port) } }),
  );
  return url;
}

function assertEnded({ code, told }: CommandRun, name: string): void {
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${told}`);
}

async function countWritten(stage: FlowStage, count: number): Promise<Record<string, number>> {
  const customers = await stage.control.all('customer');
  const links = customers.flatMap(({ fields }) => {
    const link = fields['custentity_srl_crm_id'];
    return typeof link === 'string' && link !== '' ? [link] : [];
  });
  const ours = new Set(Array.from({ length: count }, (_, at) => accountId(at)));
  const told = stage.crms.salesforce.table
    .all('Account')
    .filter(([, one]) => one['NetSuite_Sync_Status__c'] === 'Synced');
  return {
    customers: customers.length,
    linked: links.filter((link) => ours.has(link)).length,
    linkedTwice: links.length - new Set(links).size,
    toldSynced: told.length,
  };
}

export const backfillBench: Benchmark = {
  name: 'backfill',
  about: 'preflight and initial load of so many accounts (default 5000) with the relay killed on the way',
  async run(say, [given]): Promise<BenchResult> {
    const count = Number(given ?? 5_000);
    const figures = await measure(count, say);
    for (const [name, figure] of Object.entries(figures)) say(`${name} ${figure}`);
    const wanted = count - (figures['leftToPeople'] ?? 0);
    const broken = [
      figures['customers'] === figures['expectedCustomers'] ? '' : `${String(figures['customers'])} customers`,
      figures['linked'] === wanted ? '' : `${String(figures['linked'])} of ${wanted} linked`,
      figures['linkedTwice'] === 0 ? '' : `${String(figures['linkedTwice'])} linked twice`,
      figures['toldSynced'] === wanted ? '' : `${String(figures['toldSynced'])} of ${wanted} told`,
    ].filter(Boolean);
    if (broken.length > 0) throw new Error(`broken: ${broken.join('; ')}`);
    return { name: 'backfill', figures, peer: {} };
  },
};
