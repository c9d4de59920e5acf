import type { Command } from 'commander';
import type { ReconcileRun } from '../../reconcile/last-run';
import type { FlowReport } from '../../reconcile/report';
import { CliError } from '../cli-error';
import { json, out, table } from '../print';
import { askRelay, relayTarget } from '../relay-api';

interface Options {
  url?: string;
  key?: string;
  account?: string;
  repair?: boolean;
  last?: boolean;
  json?: boolean;
}

/** Differences that are printed of one flow; `--json` has more. */
const SHOWN = 50;

/** Compares both sides, or shows what the last night found. Ends with 1 when they differ. */
export function addReconcile(program: Command): void {
  program
    .command('reconcile [flow]')
    .description('compare NetSuite with the CRMs by counts, hashes and records: one flow, or all of them')
    .option('--repair', 'bring what differs onto its way again')
    .option('--last', 'what the last nightly run found, instead of comparing now')
    .option('--json', 'answer as JSON')
    .option('--account <account>', 'NetSuite account, where the relay serves several')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'administrator key (SUITERELAY_KEY)')
    .action(async (flow: string | undefined, options: Options) => {
      const run = await ask(flow, options);
      const flows = run.flows.filter((one) => flow === undefined || one.flow === flow);
      if (options.json) json({ ...run, flows });
      else print({ ...run, flows });
      const failed = flows.filter((one) => one.failed !== undefined).length;
      const differences = flows.reduce((sum, one) => sum + one.differences, 0);
      if (failed > 0) throw new CliError(`${failed} flows could not be compared`);
      if (differences > 0) throw new CliError(`${differences} records differ`);
    });
}

function ask(flow: string | undefined, options: Options): Promise<ReconcileRun> {
  const { account, repair, last } = options;
  const target = relayTarget(options);
  if (last)
    return askRelay(
      target,
      `/v1/admin/reconcile${account === undefined ? '' : `?account=${encodeURIComponent(account)}`}`,
    );
  const body = {
    ...(flow === undefined ? {} : { flow }),
    ...(account === undefined ? {} : { account }),
    ...(repair ? { repair } : {}),
  };
  return askRelay(target, '/v1/admin/reconcile', { body });
}

function print({ account, at, flows }: ReconcileRun): void {
  out(`${account}, compared ${at}`);
  const rows = flows.map((one) => [
    one.flow,
    String(one.compared),
    `${one.periods.filter(({ equal }) => equal).length} of ${one.periods.length}`,
    String(one.differences),
    String(one.pending),
    String(one.unproven),
    String(one.repaired),
  ]);
  out(table(['flow', 'compared', 'periods equal', 'differences', 'pending', 'unproven', 'repaired'], rows));
  for (const one of flows) printDrift(one);
}

function printDrift({ flow, drift, failed }: FlowReport): void {
  if (failed !== undefined) out(`${flow} could not be compared: ${failed}`);
  for (const { kind, crm, object, rowKey, crmId, field, netsuite, crmValue } of drift.slice(0, SHOWN)) {
    const values =
      field === undefined || netsuite === undefined
        ? ''
        : `: NetSuite ${JSON.stringify(netsuite)}, ${crm} ${JSON.stringify(crmValue)}`;
    out(`  ${WORDS[kind]}  ${flow}  ${object} ${crmId ?? ''} ${rowKey} ${field ?? ''}${values}`.trimEnd());
  }
  if (drift.length > SHOWN) out(`  … and ${drift.length - SHOWN} more of ${flow}; --json lists them`);
}

const WORDS = {
  missingInCrm: 'missing in the CRM ',
  missingInNetSuite: 'missing in NetSuite',
  different: 'different          ',
} as const;
