import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { findConfigFile } from '../../config/find-config-file';
import { loadConfig } from '../../config/load-config';
import { hubspotOptionsSchema, HubSpotClient } from '../../crm/hubspot/hubspot-client';
import { missingProperties, readPropertyFile, type PropertyFile } from '../../crm/hubspot/install-properties';
import { CrmCallError } from '../../crm/http-call';
import { CliError } from '../cli-error';
import { out } from '../print';

const ANSWER_MS = 60_000;

/** crm/hubspot/properties, seen from the sources and from build/relay. */
const PROPERTIES = ['../../..', '../..'].map((up) => path.join(__dirname, up, 'crm/hubspot/properties'));

export function addCrmInstall(program: Command): void {
  const crm = program.command('crm').description('what is installed in a CRM');
  crm
    .command('install')
    .description('make the properties of crm/hubspot in the HubSpot portal; only lists them without --apply')
    .option('--config <file>', 'configuration file')
    .option('--apply', 'make them')
    .action((options: { config?: string; apply?: boolean }) => install(options));
}

async function install(options: { config?: string; apply?: boolean }): Promise<void> {
  const config = loadConfig(findConfigFile(options.config));
  const portals = config.crm.filter(({ kind }) => kind === 'hubspot');
  if (portals.length === 0) {
    throw new CliError('No HubSpot is configured. Salesforce takes crm/salesforce by `sf project deploy start`.', 2);
  }
  const folder = PROPERTIES.find((one) => existsSync(one));
  if (folder === undefined) throw new CliError('crm/hubspot/properties is missing beside the program.', 2);
  const files = readdirSync(folder).map((name) =>
    readPropertyFile(path.basename(name, '.json'), readFileSync(path.join(folder, name), 'utf8')),
  );
  for (const portal of portals) await installIn(portal, files, options.apply === true);
}

async function installIn(portal: object, files: readonly PropertyFile[], apply: boolean): Promise<void> {
  const hubspot = hubspotOptionsSchema.parse(portal);
  const client = new HubSpotClient(hubspot, {});
  const signal = AbortSignal.timeout(ANSWER_MS);
  for (const file of files) {
    const missing = await missingProperties(client, file, signal);
    const names = missing.map(({ name }) => name).join(', ');
    if (missing.length === 0) out(`${hubspot.name} ${file.object}: complete`);
    else if (!apply) out(`${hubspot.name} ${file.object}: would make ${names}`);
    else {
      await makeGroup(client, file.object, signal);
      await client.post(`/crm/v3/properties/${file.object}/batch/create`, { inputs: missing }, signal);
      out(`${hubspot.name} ${file.object}: made ${names}`);
    }
  }
}

/** The group may stand there from an earlier run. */
async function makeGroup(client: HubSpotClient, object: string, signal: AbortSignal): Promise<void> {
  try {
    await client.post(`/crm/v3/properties/${object}/groups`, { name: 'suiterelay', label: 'NetSuite' }, signal);
  } catch (error) {
    if (!(error instanceof CrmCallError) || error.status !== 409) throw error;
  }
}
