import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBuilt, type Started } from '../../demo/child-process';
import { Control } from '../../demo/control';
import { startFakeCrms, type FakeCrms } from '../../demo/fake-crms';
import { prepareAccount } from '../../demo/prepare-account';
import { RelayClient } from '../../demo/relay-client';
import { readApiKeys, writeRelayConfig, type ApiKeys } from '../../demo/relay-config';
import { startBuilt } from './start-built';
import { ACCOUNT_TIME_ZONE, type Fixtures } from '../fixtures';

/** The relay's configuration as `npm start` writes it. */
export interface RelayFile {
  netsuite: { settings: Record<string, unknown> }[];
  flows: unknown[];
  [name: string]: unknown;
}

export interface FlowStage {
  control: Control;
  /** Address of the emulator's control API. */
  controlUrl: string;
  /** Folder with the stores and the logs of all processes. */
  data: string;
  fixtures: Fixtures;
  keys: ApiKeys;
  crms: FakeCrms;
  /** The relay's configuration file. */
  config: string;
  relay: () => Started;
  client: () => RelayClient;
  startRelay: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Emulator and relay as processes of their own, both CRMs with the sample in them: what `npm start` sets up, for a test.
 * `configure` may change the relay's configuration before it starts; `files` are put beside it.
 */
export async function startFlowStage(
  configure: (config: RelayFile) => void = () => undefined,
  files: Readonly<Record<string, string>> = {},
): Promise<FlowStage> {
  const data = mkdtempSync(path.join(tmpdir(), 'suiterelay-flows-'));
  const log = (name: string): string => path.join(data, `${name}.log`);
  mkdirSync(path.join(data, 'emulator'));
  const file = path.join(data, 'emulator.json');
  writeFileSync(file, JSON.stringify({ data: null, timeZone: ACCOUNT_TIME_ZONE }));
  const args = ['--project', path.dirname(findBuilt('sdf', 'manifest.xml')), '--config', file];
  const emulator = await startBuilt('emulator', args, log('emulator'));
  const control = new Control(emulator.ready['control'] as string);
  const { fixtures } = await prepareAccount(control);
  const crms = await startFakeCrms(data, fixtures);
  const keys = readApiKeys(data);
  const config = writeRelayConfig(data, 0, emulator.ready, keys, crms.access, ACCOUNT_TIME_ZONE);
  const written = JSON.parse(readFileSync(config, 'utf8')) as RelayFile;
  configure(written);
  writeFileSync(config, JSON.stringify(written));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(data, name), text);
  let relay: Started;
  const startRelay = async (): Promise<void> => {
    relay = await startBuilt('relay', ['--config', config], log('relay'));
  };
  await startRelay();
  return {
    control,
    controlUrl: emulator.ready['control'] as string,
    data,
    fixtures,
    keys,
    crms,
    config,
    relay: () => relay,
    client: () => new RelayClient(relay.ready['url'] as string),
    startRelay,
    close: async () => {
      await relay.stop(5_000);
      await emulator.stop(5_000);
      await crms.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
