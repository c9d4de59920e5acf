import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config';
import { namesOfFlows } from '../../../flows/names-of-flows';
import { loadMapper } from '../../config/load-mapper';
import type { RelayConfig } from '../../config/schema';
import { StoreRefused } from '../../store/errors';
import { nearestFolder, refuseFileSystem } from '../../store/sqlite/check-file-system';
import { storeFile } from '../../store/sqlite/open-sqlite-store';
import { listCredentials } from '../../watch/credentials';
import { rulesDigest } from '../../watch/rules-in-force';
import { judgeCredentials } from '../../watch/judge-credentials';
import { CliError } from '../cli-error';
import { findConfigFile } from '../../config/find-config-file';
import { askRelay } from '../doctor/ask-relay';
import { checkAccount } from '../doctor/check-account';
import { checkCrms } from '../doctor/check-crm';
import { checkGovernance } from '../doctor/check-governance';
import { bad, ok, warn } from '../doctor/findings';
import type { Finding } from '../doctor/findings';
import { json, out } from '../print';

interface DoctorOptions {
  config?: string;
  adminToken?: string;
  json?: boolean;
}

const MARKS = { ok: '  ok ', warn: ' warn', bad: '  BAD' } as const;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'look at everything the relay needs: configuration, store, NetSuite with scripts, role and permissions, the CRMs',
    )
    .option('--config <file>', 'configuration file')
    .option('--admin-token <token>', "an Administrator's OAuth 2.0 token, to compare the concurrency limits")
    .option('--json', 'answer as JSON')
    .action((options: DoctorOptions) => doctor(options));
}

async function doctor(options: DoctorOptions): Promise<void> {
  const file = findConfigFile(options.config);
  const config = loadConfig(file);
  const mapper = loadMapper(config, file);
  const first = mapper.set(config.netsuite[0]?.account ?? '');
  const { flows } = first;
  const types = [...new Set(flows.filter(({ enabled }) => enabled).map(({ recordType }) => recordType))];
  const { finding: relay, calls } = await askRelay(config);
  const findings: Finding[] = [
    ok(
      'configuration',
      `${file}: ${config.sources.length} sources, ${flows.filter(({ enabled }) => enabled).length} of ${flows.length} flows switched on, rules ${rulesDigest(first)}`,
    ),
    checkStore(config),
    relay,
    ...checkCredentials(config),
  ];
  for (const netsuite of config.netsuite) {
    const set = mapper.set(netsuite.account);
    findings.push(...(await checkAccount(netsuite, types, namesOfFlows(set.flows, set.context.settings))));
    if (options.adminToken !== undefined) findings.push(...(await checkGovernance(netsuite, options.adminToken)));
  }
  findings.push(...(await checkCrms(config, mapper, calls)));
  if (options.json) json(findings);
  else for (const finding of findings) out(line(finding));
  const failed = findings.filter(({ level }) => level === 'bad').length;
  if (failed > 0) throw new CliError(`${failed} of ${findings.length} checks failed`);
}

const line = ({ level, subject, message, remedy }: Finding): string =>
  `${MARKS[level]}  ${subject}: ${message}${remedy === undefined ? '' : `\n       → ${remedy}`}`;

function checkStore({ store }: RelayConfig): Finding {
  if (store.path === undefined) return ok('store', 'PostgreSQL; the relay checks it when it starts');
  const folder = nearestFolder(path.dirname(storeFile(store.path)));
  try {
    refuseFileSystem(folder);
    accessSync(folder, constants.W_OK);
    return ok('store', store.path);
  } catch (error) {
    if (error instanceof StoreRefused) return bad('store', error.message, 'Set store.path.');
    return bad(
      'store',
      `${folder} can't be written by this user`,
      'Give the folder to the user the relay runs as, or set store.path.',
    );
  }
}

function checkCredentials(config: RelayConfig): Finding[] {
  const credentials = listCredentials(config);
  const wrong = judgeCredentials(credentials, config.credentials, Date.now());
  const dated = credentials.filter(({ issuedMs, expiresMs }) => issuedMs !== null || expiresMs !== null).length;
  return [
    ...wrong.map(({ name, state, message, remedy }) =>
      // An API key that has ended harms nobody but its own sender: it may be the old one of a rotation.
      state === 'faulty' || (state === 'ended' && !name.startsWith('source '))
        ? bad(name, message, remedy)
        : warn(name, message, remedy),
    ),
    ...(wrong.length === 0
      ? [ok('keys and certificates', `${dated} of ${credentials.length} have a known age, none is due`)]
      : []),
  ];
}
