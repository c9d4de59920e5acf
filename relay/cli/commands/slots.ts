import type { Command } from 'commander';
import { CliError } from '../cli-error';
import { json, out, table } from '../print';
import { askRelay, relayTarget } from '../relay-api';

interface Pool {
  pool: string;
  slots: number;
  usable: number;
  inUse: number;
  lent: number;
  lentUntil: number | null;
  breaker: { state: string; reason: string | null };
  jobs: { jobId: string | null; recordType: string; operations: number; stage: string }[];
  lanes: { lane: string; reserved: number; paused: boolean; inUse: number }[];
}

interface Remote {
  url?: string;
  key?: string;
  account?: string;
}

const remote = (command: Command): Command =>
  command
    .option('--account <account>', 'NetSuite account, where the relay serves several')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'administrator key (SUITERELAY_KEY)');

export function addSlots(program: Command): void {
  const slots = program.command('slots').description('see and lend the slots of an account, pause lanes');
  remote(slots.command('show'))
    .option('--json', 'answer as JSON')
    .action((options: Remote & { json?: boolean }) => show(options));
  remote(slots.command('lend <count>'))
    .description('leave slots to others for a while: a deployment needs one, and fails without')
    .option('--for <time>', 'how long: 90s, 10m, 2h', '10m')
    .action(async (count: string, options: Remote & { for: string }) => {
      const body = { count: Number(count), forSeconds: readSeconds(options.for) };
      json(await askRelay(relayTarget(options), `/v1/admin/pools/${await accountOf(options)}/lend`, { body }));
    });
  for (const paused of [true, false]) {
    remote(slots.command(`${paused ? 'pause' : 'resume'} <lane>`))
      .description(paused ? 'stop a lane after what it has begun: realtime, bulk or replay' : 'let a lane go on')
      .action(async (lane: string, options: Remote) => {
        json(
          await askRelay(relayTarget(options), `/v1/admin/pools/${await accountOf(options)}/lanes/${lane}`, {
            body: { paused },
          }),
        );
      });
  }
}

const pools = async (options: Remote): Promise<Pool[]> =>
  (await askRelay<{ pools: Pool[] }>(relayTarget(options), '/v1/admin/overview')).pools;

async function show(options: Remote & { json?: boolean }): Promise<void> {
  const found = await pools(options);
  if (options.json) {
    json(found);
    return;
  }
  const rows = found.map(({ pool, slots, usable, inUse, lent, breaker, lanes, jobs }) => [
    pool,
    `${inUse} of ${slots}`,
    String(Math.floor(usable)),
    String(lent),
    breaker.state === 'closed' ? 'open for calls' : `stopped: ${breaker.reason ?? ''}`,
    lanes.map(({ lane, inUse: used, paused }) => `${lane} ${used}${paused ? ' (paused)' : ''}`).join(', '),
    jobs
      .map(({ jobId, recordType, operations, stage }) => `${jobId ?? 'new'}: ${operations} ${recordType}, ${stage}`)
      .join('; '),
  ]);
  out(table(['pool', 'in use', 'usable', 'lent', 'calls', 'lanes', 'bulk job'], rows));
}

async function accountOf(options: Remote): Promise<string> {
  if (options.account !== undefined) return encodeURIComponent(options.account);
  const accounts = (await pools(options)).map(({ pool }) => pool).filter((pool) => !pool.includes(':'));
  const [only] = accounts;
  if (accounts.length !== 1 || only === undefined)
    throw new CliError(`Name the account with --account: ${accounts.join(', ')}`, 2);
  return encodeURIComponent(only);
}

/** `90s`, `10m`, `2h`, or seconds. */
export function readSeconds(text: string): number {
  const found = /^(\d+)(s|m|h)?$/.exec(text.trim());
  if (!found) throw new CliError('A time is written as 90s, 10m or 2h.', 2);
  return Number(found[1]) * { s: 1, m: 60, h: 3600 }[(found[2] ?? 's') as 's' | 'm' | 'h'];
}
