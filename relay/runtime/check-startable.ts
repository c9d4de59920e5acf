import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../config/config-error';
import type { FlowMapper } from '../config/load-mapper';
import type { RelayConfig } from '../config/schema';
import { buildSettings } from './build-settings';
import { connectRenewable } from './connect-netsuite';
import { buildAdapters } from './crm-work';
import { readPair } from './http-server';
import { usable } from './start-account';

/** What a start refuses beyond the shape of the configuration, found without one: settings of CRMs, files of keys. Throws `ConfigError`. */
export function checkStartable(config: RelayConfig, mapper: FlowMapper): void {
  if (config.listen.tls) readPair(config.listen.tls);
  buildAdapters(config, () => mapper);
  buildSettings(config);
  for (const netsuite of config.netsuite)
    usable(config, netsuite.account, () => connectRenewable(netsuite, config.timeouts.connectMs));
  config.crm.forEach((crm, index) => readCrmKey(crm, `crm.${index}.auth`));
}

interface KeyAuth {
  type?: string;
  privateKey?: string;
  privateKeyFile?: string;
}

/** The key that signs in to Salesforce: a start leaves it unread until the first call. */
function readCrmKey(crm: RelayConfig['crm'][number], path: string): void {
  const { auth } = crm as { auth?: KeyAuth };
  if (crm.kind !== 'salesforce' || auth?.type !== 'jwt') return;
  try {
    createPrivateKey(auth.privateKey ?? readFileSync(auth.privateKeyFile ?? '', 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `holds no private key that can be read (${reason}); \`suiterelay keygen --for salesforce\` makes one`;
    throw new ConfigError('configuration', [{ path, message }]);
  }
}
