import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { findConfigFile } from '../../config/find-config-file';
import { loadConfig } from '../../config/load-config';
import { loadMapper } from '../../config/load-mapper';
import { hubspotOptionsSchema, HubSpotClient } from '../../crm/hubspot/hubspot-client';
import { classifyHubSpot } from '../../crm/hubspot/hubspot-faults';
import {
  makeProperties,
  planProperties,
  readPropertyFile,
  type PropertyFile,
} from '../../crm/hubspot/install-properties';
import { CrmCallError } from '../../crm/http-call';
import { wantedObjects } from '../../crm/wanted-objects';
import { CliError } from '../cli-error';
import { json, out } from '../print';

const ANSWER_MS = 60_000;

/** crm/hubspot, seen from the sources and from build/relay. */
function packageFolder(): string {
  const folder = ['../../..', '../..'].map((up) => path.join(__dirname, up, 'crm/hubspot')).find(existsSync);
  if (folder === undefined) throw new CliError('crm/hubspot is missing beside the program.', 2);
  return folder;
}

export function addCrmInstall(program: Command): void {
  const crm = program.command('crm').description('what is installed in a CRM');
  crm
    .command('install')
    .description('make the properties of crm/hubspot in the HubSpot portal; only lists them without --apply')
    .option('--config <file>', 'configuration file')
    .option('--apply', 'make them')
    .action((options: { config?: string; apply?: boolean }) => install(options));
  crm
    .command('action')
    .description('print the definition of the HubSpot workflow action, with the address of this relay')
    .option('--config <file>', 'configuration file')
    .action((options: { config?: string }) => printAction(options));
}

/** The definition that HubSpot takes at /automation/v4/actions/{appId}. */
function printAction(options: { config?: string }): void {
  const { publicUrl } = loadConfig(findConfigFile(options.config));
  if (publicUrl === undefined)
    throw new CliError('Set publicUrl to the address HubSpot calls: the action is sent there.', 2);
  const file = path.join(packageFolder(), 'workflow-actions/send-to-netsuite.json');
  const definition = JSON.parse(readFileSync(file, 'utf8')) as object;
  json({ ...definition, actionUrl: `${publicUrl}/v1/hooks/hubspot-action` });
}

async function install(options: { config?: string; apply?: boolean }): Promise<void> {
  const file = findConfigFile(options.config);
  const config = loadConfig(file);
  const portals = config.crm.filter(({ kind }) => kind === 'hubspot');
  if (portals.length === 0) {
    throw new CliError('No HubSpot is configured. Salesforce takes crm/salesforce by `sf project deploy start`.', 2);
  }
  const folder = path.join(packageFolder(), 'properties');
  const files = readdirSync(folder).map((name) =>
    readPropertyFile(path.basename(name, '.json'), readFileSync(path.join(folder, name), 'utf8')),
  );
  const { flows, context } = loadMapper(config, file).set(config.netsuite[0]?.account ?? '');
  for (const portal of portals) {
    const needed = new Set(wantedObjects(flows, portal, context.settings).map(({ object }) => object));
    await installIn(portal, files, needed, options.apply === true);
  }
}

/** Every object is gone through, so that one the app may not touch does not hide the others; those that flows need fail the command. */
async function installIn(
  portal: object,
  files: readonly PropertyFile[],
  needed: ReadonlySet<string>,
  apply: boolean,
): Promise<void> {
  const hubspot = hubspotOptionsSchema.parse(portal);
  const client = new HubSpotClient(hubspot, {});
  const signal = AbortSignal.timeout(ANSWER_MS);
  const failed: string[] = [];
  for (const file of files) {
    const told = (text: string): void => out(`${hubspot.name} ${file.object}: ${text}`);
    try {
      const { missing, different } = await planProperties(client, file, signal);
      const names = missing.map(({ name }) => name).join(', ');
      if (missing.length > 0 && apply) await makeProperties(client, file.object, missing, signal);
      told(missing.length === 0 ? 'complete' : `${apply ? 'made' : 'would make'} ${names}`);
      for (const one of different)
        told(`${one}: archive it in HubSpot and run this again, or take it out of the flows`);
    } catch (error) {
      if (!(error instanceof CrmCallError)) throw error;
      const { code, message } = classifyHubSpot(error);
      if (needed.has(file.object)) failed.push(file.object);
      told(`${code}: ${message}${needed.has(file.object) ? '' : ' (no flow that is on needs it)'}`);
    }
  }
  if (failed.length === 0) return;
  throw new CliError(
    `${failed.join(', ')}: give the app of ${hubspot.name} the scopes crm.schemas.<object>.read and .write, e-commerce and tickets\n` +
      'at Settings > Integrations > Private Apps > Scopes (docs/connect-hubspot.md, step 1), and run this again.',
  );
}
