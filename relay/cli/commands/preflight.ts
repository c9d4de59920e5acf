import { writeFileSync } from 'node:fs';
import type { NamedReference, ResolvedName } from '../../../contract';
import type { Flow } from '../../../flows';
import type { Command } from 'commander';
import { findConfigFile } from '../../config/find-config-file';
import { loadConfig } from '../../config/load-config';
import { loadMapper } from '../../config/load-mapper';
import { sourceOfCrm } from '../../crm/source-of-crm';
import { wantedObjects } from '../../crm/wanted-objects';
import { resolveNames } from '../../netsuite';
import { toLinkFile } from '../../preflight/link-file';
import { NetSuiteUnreadable, readIdentities } from '../../preflight/read-identities';
import type { NetSuiteSide } from '../../preflight/propose-links';
import { runPreflight, type PreflightReport } from '../../preflight/run-preflight';
import { FindingsFile } from '../../preflight/write-csv';
import { connectNetSuite } from '../../runtime/connect-netsuite';
import { buildAdapters } from '../../runtime/crm-work';
import type { RelayConfig } from '../../config/schema';
import { CliError } from '../cli-error';
import { json, note, out } from '../print';
import { readCrm } from '../read-crm';

interface PreflightOptions {
  config?: string;
  crm?: string;
  object?: string[];
  links?: string;
  csv?: string;
  json?: boolean;
}

/** Longest preflight, in ms. */
const WHOLE_MS = 6 * 3600_000;
const SHOWN = 10;

export function addPreflight(program: Command): void {
  program
    .command('preflight')
    .description('before the first load: read both systems and say what would happen; nothing is written to either')
    .option('--config <file>', 'configuration file')
    .option('--crm <name>', 'the CRM; the first one when left out')
    .option('--object <names...>', 'objects to look at; all that flows take when left out')
    .option('--links <file>', 'write the proposed links of existing pairs to a file, for `backfill --links`')
    .option('--csv <file>', 'write every finding about every record to a table for people')
    .option('--json', 'answer as JSON')
    .action((options: PreflightOptions) => preflight(options));
}

async function preflight(options: PreflightOptions): Promise<void> {
  const file = findConfigFile(options.config);
  const config = loadConfig(file);
  const mapper = loadMapper(config, file);
  const crm = chooseCrm(config, options.crm);
  const adapter = buildAdapters(config, () => mapper).find(({ name }) => name === crm.name);
  if (!adapter?.readAll) throw new CliError(`${crm.name} can not be read as a whole.`, 2);
  const netsuite = accountOf(config, crm);
  const { flows, context } = mapper.set(netsuite.account);
  const wanted = wantedObjects(flows, crm, context.settings);
  const objects = options.object ?? wanted.filter(({ reads }) => reads.length > 0).map(({ object }) => object);
  const signal = AbortSignal.timeout(WHOLE_MS);
  const schema = ((await adapter.inspect?.(wanted, signal)) ?? []).filter(({ level }) => level !== 'ok');
  const findings = options.csv === undefined ? null : new FindingsFile(options.csv);
  const netsuiteSide = readNetSuite(netsuite);
  const reports: PreflightReport[] = [];
  try {
    for (const object of inOrder(objects, (one) => mapper.flowsFor(crm, one))) {
      const report = await runPreflight({
        ...netsuiteSide,
        readAll: (one, until) => readCrm(adapter, one, until),
        mapper,
        crm,
        account: netsuite.account,
        object,
        signal,
        progress: (read) => note(`${object}: ${read} read`),
        ...(findings
          ? { tell: ({ id, kind, what }) => findings.add({ system: 'CRM', object, id, finding: kind, what }) }
          : {}),
      });
      findings?.addReport(report);
      reports.push(report);
    }
  } finally {
    findings?.close();
    await netsuiteSide.close();
  }
  if (options.links !== undefined) {
    const written = toLinkFile(reports);
    writeFileSync(options.links, `${JSON.stringify(written, null, 2)}\n`);
    note(`${written.links.length} links and ${written.open.length} open questions are in ${options.links}`);
  }
  if (options.csv !== undefined) note(`every finding is in ${options.csv}`);
  if (options.json) json({ crm: crm.name, schema, objects: reports });
  else {
    for (const { level, subject, message, remedy } of schema)
      out(`${level}  ${subject}: ${message}\n  → ${remedy ?? ''}`);
    for (const report of reports) out(describe(report));
  }
}

/** The account that `backfill` loads this CRM's records into: internal ids mean other records in any other. */
function accountOf(config: RelayConfig, crm: RelayConfig['crm'][number]): RelayConfig['netsuite'][number] {
  const named = sourceOfCrm(config, crm)?.account;
  const found = named === undefined ? config.netsuite[0] : config.netsuite.find(({ account }) => account === named);
  if (found) return found;
  throw new CliError('No NetSuite account is configured.', 2);
}

/** What becomes customers first: contacts are compared within them. */
const inOrder = (objects: readonly string[], flowsFor: (object: string) => readonly Flow[]): string[] => {
  const rank = (object: string): number =>
    flowsFor(object).some(({ recordType }) => recordType === 'customer') ? 0 : 1;
  return [...objects].sort((one, other) => rank(one) - rank(other));
};

export function chooseCrm(config: RelayConfig, name: string | undefined): RelayConfig['crm'][number] {
  const crm = name === undefined ? config.crm[0] : config.crm.find((one) => one.name === name);
  if (crm) return crm;
  throw new CliError(`There is no such CRM; configured: ${config.crm.map((one) => one.name).join(', ') || 'none'}.`, 2);
}

/** What the account is asked; each list once, when an object needs it. */
function readNetSuite(netsuite: RelayConfig['netsuite'][number]) {
  const client = connectNetSuite(netsuite, 5_000);
  const lists = new Map<string, Promise<readonly NetSuiteSide[]>>();
  const list = (page: 'identities' | 'contactIdentities') => async (): Promise<readonly NetSuiteSide[]> => {
    const reading = lists.get(page) ?? readIdentities(client, page);
    lists.set(page, reading);
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof NetSuiteUnreadable)) throw error;
      throw unreadable(`${page} can't be read: ${error.message}`);
    }
  };
  return {
    customers: list('identities'),
    contacts: list('contactIdentities'),
    customerOf: new Map<string, string>(),
    resolve: async (names: readonly NamedReference[]): Promise<readonly ResolvedName[]> => {
      const answer = await resolveNames(client, names);
      if (answer.ok) return answer.value;
      throw unreadable(`names can't be looked up: ${answer.failure.code}: ${answer.failure.message}`);
    },
    close: () => client.close(),
  };
}

const unreadable = (what: string): CliError => new CliError(`NetSuite's ${what}. \`suiterelay doctor\` says why.`);

function describe({
  object,
  records,
  complaints,
  duplicatesInCrm,
  duplicatesInNetSuite,
  links,
}: PreflightReport): string {
  const lines = [`\n${object}: ${records} records`];
  for (const { kind, what, count, examples } of complaints)
    lines.push(`  ${kind} (${count}): ${what}; e.g. ${examples.slice(0, 3).join(', ')}`);
  const duplicates = (title: string, list: PreflightReport['duplicatesInCrm']): void => {
    if (list.length === 0) return;
    lines.push(`  ${title}: ${list.length}`);
    for (const { by, value, ids } of list.slice(0, SHOWN))
      lines.push(
        `    same ${by} (${value}): ${ids.slice(0, SHOWN).join(', ')}${ids.length > SHOWN ? `, and ${ids.length - SHOWN} more` : ''}`,
      );
  };
  duplicates('look like duplicates in the CRM', duplicatesInCrm);
  duplicates('look like duplicates in NetSuite', duplicatesInNetSuite);
  if (links) {
    const sure = links.proposals.filter(({ confidence }) => confidence === 'sure').length;
    lines.push(
      `  linked already ${links.linked}, proposed ${links.proposals.length} (${sure} sure), ambiguous ${links.ambiguous.length}, new ${links.unmatched}`,
    );
  }
  return lines.join('\n');
}
