import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { findConfigFile } from '../../config/find-config-file';
import { loadConfig } from '../../config/load-config';
import { loadMapper } from '../../config/load-mapper';
import { sourceOfCrm } from '../../crm/source-of-crm';
import { parseLinkFile, type LinkFile } from '../../preflight/link-file';
import { buildAdapters } from '../../runtime/crm-work';
import { CliError } from '../cli-error';
import { json, note } from '../print';
import { readCrm } from '../read-crm';
import { relayTarget } from '../relay-api';
import { howToGoOn, PartSender, readPatience } from '../send-parts';
import { chooseCrm } from './preflight';

interface BackfillOptions {
  config?: string;
  crm?: string;
  object: string;
  links?: string;
  apply?: boolean;
  url?: string;
  key?: string;
  wait: string;
}

/** Records of one request: far below what a body may hold. */
const PART = 250;
const WHOLE_MS = 24 * 3600_000;

export function addBackfill(program: Command): void {
  program
    .command('backfill')
    .description(
      'initial load: send every record of an object to the relay, by the bulk lane; says only what it would do without --apply',
    )
    .requiredOption('--object <name>', "the CRM's name of the object; load accounts before contacts and orders")
    .option('--config <file>', 'configuration file')
    .option('--crm <name>', 'the CRM; the first one when left out')
    .option(
      '--links <file>',
      'pairs as `preflight --links` wrote them: links are linked, open ones are left out until a person decides',
    )
    .option('--apply', 'send them')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'API key of the source (SUITERELAY_KEY)')
    .option('--wait <minutes>', 'how long to wait for a relay that is away or busy, until it takes the next part', '15')
    .action((options: BackfillOptions) => backfill(options));
}

/**
 * Goes on by itself when the relay was away for a while. The same load again, after it was cut short, sends the same requests under the same
 * keys: what was taken is not taken twice.
 */
async function backfill(options: BackfillOptions): Promise<void> {
  const file = findConfigFile(options.config);
  const config = loadConfig(file);
  const mapper = loadMapper(config, file);
  const crm = chooseCrm(config, options.crm);
  const source = sourceOfCrm(config, crm);
  const adapter = buildAdapters(config, () => mapper).find(({ name }) => name === crm.name);
  if (!adapter?.readAll || !source) throw new CliError(`${crm.name} has no source, or can not be read as a whole.`, 2);
  const account = source.account ?? config.netsuite[0]?.account ?? '';
  const flows = mapper.flowsFor(crm, options.object);
  if (flows.length === 0) throw new CliError(`No enabled flow takes ${options.object} of ${crm.name}.`, 2);
  const { links, open } = readLinks(options.links, options.object);
  const patienceMs = readPatience(options.wait);
  const sender = options.apply
    ? new PartSender(relayTarget(options), { salt: '', patienceMs, goOn: howToGoOn() })
    : null;
  if (sender) tellHowToGoOn();
  const counts = { records: 0, operations: 0, linked: 0, open: 0, ignored: 0, problems: 0, accepted: 0 };
  const signal = AbortSignal.timeout(WHOLE_MS);
  for await (const page of readCrm(adapter, options.object, signal)) {
    for (let from = 0; from < page.length; from += PART) {
      const read = page.slice(from, from + PART);
      const part = read.filter(({ id }) => !open.has(id));
      counts.records += read.length;
      counts.open += read.length - part.length;
      const paired = part.filter(({ id }) => links.has(id));
      counts.linked += paired.length;
      for (const { record } of part)
        for (const { kind } of flows.map((flow) => mapper.map(flow, record, account)))
          counts[kind === 'operations' ? 'operations' : kind === 'ignored' ? 'ignored' : 'problems'] += 1;
      if (!sender || part.length === 0) continue;
      const body = {
        source: source.name,
        object: options.object,
        records: part.map(({ record }) => record),
        options: { lane: 'bulk', links: Object.fromEntries(paired.map(({ id }) => [id, links.get(id)])) },
      };
      counts.accepted += (await sender.send(body)).accepted;
    }
    note(`${counts.records} ${sender ? 'sent' : 'looked at'}`);
  }
  json({ ...counts, applied: sender !== null });
  if (!sender) note('Nothing was sent. Add --apply to load them.');
}

function tellHowToGoOn(): void {
  process.once('SIGINT', () => {
    note(howToGoOn());
    process.exit(130);
  });
}

function readLinks(file: string | undefined, object: string): { links: Map<string, string>; open: Set<string> } {
  if (file === undefined) return { links: new Map(), open: new Set() };
  let read: LinkFile;
  try {
    read = parseLinkFile(readFileSync(file, 'utf8'), object);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`${file} is no file of links, as \`preflight --links\` writes it: ${reason}`, 2);
  }
  return {
    links: new Map(read.links.map(({ crmId, internalId }) => [crmId, internalId])),
    open: new Set(read.open.map(({ crmId }) => crmId)),
  };
}
