import type { Command } from 'commander';
import type { ReconcileRun } from '../../reconcile/last-run';
import { CliError } from '../cli-error';
import { json, out, short, table } from '../print';
import { callRelay, relayTarget, type RelayTarget } from '../relay-api';
import { readFailures, readOperations, readTotalDifferences } from '../report/read-operations';
import { readPeriod } from '../report/read-period';
import { sumClose, type CloseReport } from '../report/sum-close';
import { sumWork, type WorkRow } from '../report/sum-work';
import type { Period, ReportedOperation } from '../report/types';

interface Options {
  period: string;
  timeZone: string;
  account?: string;
  json?: boolean;
  url?: string;
  key?: string;
}

/** Failures that are printed; `--json` has all. */
const SHOWN = 50;
/** Record types whose total is compared with the CRM's. */
const WITH_TOTAL = ['salesorder', 'estimate'] as const;

/** What a period left open, and what was done in it. `close` ends with 1 while something is open or differs. */
export function addReport(program: Command): void {
  const report = program.command('report').description('reports over a period: what is open, and what was done');
  const withOptions = (command: Command): Command =>
    command
      .requiredOption('--period <month>', 'a month or a day, such as 2026-10 or 2026-10-05')
      .option('--time-zone <zone>', 'IANA name of the zone the period is meant in', 'UTC')
      .option('--account <account>', 'NetSuite account, where the relay serves several')
      .option('--json', 'answer as JSON')
      .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
      .option('--key <key>', 'administrator key (SUITERELAY_KEY)');
  withOptions(report.command('close'))
    .description(
      'what stands in the way of closing the period: failures by type and money, what waits, totals and records that differ',
    )
    .action(async (options: Options) => {
      const found = await readClose(
        relayTarget(options),
        readPeriod(options.period, options.timeZone),
        options.account,
      );
      if (options.json) json(found);
      else printClose(options.period, found);
      if (!found.clean) throw new CliError('The period is not clean.');
    });
  withOptions(report.command('work'))
    .description('what was done by flow: written, recognised as unchanged or overtaken, failed, and how long it took')
    .action(async (options: Options) => {
      const rows = await readWork(relayTarget(options), readPeriod(options.period, options.timeZone), options.account);
      if (options.json) json(rows);
      else printWork(options.period, rows);
    });
}

const accountQuery = (account: string | undefined) => (account === undefined ? {} : { account });

/** Everything that came before the end of the period and is not settled, and what of the period differs. */
export async function readClose(target: RelayTarget, { from, to }: Period, account?: string): Promise<CloseReport> {
  const own = accountQuery(account);
  const failures = await readFailures(target, { ...own, to });
  const waiting: ReportedOperation[] = [];
  for await (const one of readOperations(target, { ...own, to, state: 'queued,sending,retrying' })) waiting.push(one);
  const totalled: ReportedOperation[] = [];
  for (const recordType of WITH_TOTAL)
    for await (const one of readOperations(target, { ...own, from, to, recordType, state: 'done' })) totalled.push(one);
  const differences = await readTotalDifferences(target, totalled);
  return sumClose({ failures, waiting, differences, comparison: await readComparison(target, account) });
}

export async function readWork(target: RelayTarget, { from, to }: Period, account?: string): Promise<WorkRow[]> {
  const found: ReportedOperation[] = [];
  for await (const one of readOperations(target, { ...accountQuery(account), from, to })) found.push(one);
  return sumWork(found);
}

/** The last comparison of both sides; null where none was made yet. */
async function readComparison(target: RelayTarget, account: string | undefined): Promise<ReconcileRun | null> {
  const query = new URLSearchParams(accountQuery(account)).toString();
  const { status, body } = await callRelay(target, `/v1/admin/reconcile${query === '' ? '' : `?${query}`}`);
  if (status === 404) return null;
  if (status >= 200 && status < 300) return body as ReconcileRun;
  throw new CliError(
    `The last comparison can't be read: the relay answered ${status}. The key needs the action admin.`,
  );
}

const moneyText = (money: Readonly<Record<string, string>>): string =>
  Object.entries(money)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(', ');

function printClose(period: string, { open, failures, totals, drift, comparedAt, clean }: CloseReport): void {
  out(`Close of ${period}: ${clean ? 'nothing is open, and nothing differs' : 'not clean'}`);
  if (open.length > 0) {
    const rows = open.map((row) => [
      row.recordType,
      `${row.review}`,
      `${row.dead}`,
      `${row.waiting}`,
      moneyText(row.money),
    ]);
    out(`\n${table(['record type', 'review', 'dead', 'waiting', 'worth of review and dead'], rows)}`);
  }
  if (failures.length > 0) {
    const rows = failures
      .slice(0, SHOWN)
      .map((one) => [
        one.operationId,
        one.responsible ?? '',
        `${one.hoursOpen} h`,
        `${one.recordType} ${one.externalId}`,
        one.amount === undefined ? '' : `${one.amount} ${one.currency ?? ''}`.trim(),
        short(one.error?.message ?? '', 80),
      ]);
    out(`\n${table(['operation', 'responsible', 'open for', 'record', 'worth', 'why'], rows)}`);
    if (failures.length > SHOWN) out(`… and ${failures.length - SHOWN} more; --json lists them`);
  }
  if (totals.length > 0) {
    const rows = totals.map((one) => [one.externalId, one.expected, one.actual, one.difference]);
    out(`\n${table(['order or quote', 'in the CRM', 'in NetSuite', 'difference'], rows)}`);
  }
  out(
    comparedAt === null
      ? '\nBoth sides were never compared: `suiterelay reconcile`.'
      : `\nBoth sides were compared ${comparedAt}:`,
  );
  if (comparedAt !== null && drift.length === 0) out('  no differences');
  for (const { flow, differences, failed } of drift)
    out(`  ${flow}: ${failed === undefined ? `${differences} records differ` : `could not be compared (${failed})`}`);
}

const seconds = (ms: number | null): string => (ms === null ? '' : `${(ms / 1000).toFixed(1)} s`);

function printWork(period: string, rows: readonly WorkRow[]): void {
  out(`Work of ${period}`);
  const cells = rows.map((row) => [
    row.what,
    ...[row.created, row.updated, row.unchanged, row.overtaken, row.failed, row.open].map(String),
    seconds(row.medianMs),
    seconds(row.p95Ms),
  ]);
  out(table(['flow', 'created', 'updated', 'unchanged', 'overtaken', 'failed', 'open', 'median', 'p95'], cells));
}
