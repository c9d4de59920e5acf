import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { hashApiKey } from '../../security/verify-api-key';
import { CliError } from '../cli-error';
import { makeKeyAndCertificate } from '../keygen/make-certificate';
import type { KeyKind } from '../keygen/make-certificate';
import { json, note } from '../print';

/** NetSuite takes certificates of at most two years (Oracle page section_162686838198). */
const MAX_DAYS = 730;
const KINDS: readonly KeyKind[] = ['rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521'];

/** What the certificate is for: its file names, and what comes next. */
const SYSTEMS = {
  netsuite: (key: string, certificate: string, alg: string): string =>
    `Upload ${certificate} in NetSuite at Setup > Integration > OAuth 2.0 Client Credentials (M2M) Setup, for the integration, a user and\n` +
    `the role SuiteRelay Integration. Then set netsuite[].auth: clientId of the integration, certificateId as shown there,\n` +
    `privateKeyFile ${key}, certificateFile ${certificate}, alg ${alg}. Keep the key file secret.`,
  salesforce: (key: string, certificate: string): string =>
    `Upload ${certificate} to the connected app (Use digital signatures). Then set crm[].auth: type jwt, clientId of the app, username,\n` +
    `privateKeyFile ${key}, certificateFile ${certificate}. Keep the key file secret.`,
};

interface KeygenOptions {
  apiKey?: boolean;
  signingSecret?: boolean;
  for: string;
  kind: string;
  out: string;
  name: string;
  days: string;
}

export function addKeygen(program: Command): void {
  program
    .command('keygen')
    .description('make a key and certificate for NetSuite or Salesforce, an API key, or a signing secret')
    .option('--api-key', 'an API key for a source, with the hash that goes into the configuration')
    .option('--signing-secret', 'a secret for Standard Webhooks, with what goes into NetSuite')
    .option('--for <system>', `what the certificate is for: ${Object.keys(SYSTEMS).join(', ')}`, 'netsuite')
    .option('--kind <kind>', KINDS.join(', '), 'rsa-3072')
    .option('--name <name>', 'name in the certificate', 'SuiteRelay')
    .option('--days <days>', `how long the certificate holds, at most ${MAX_DAYS}`, String(MAX_DAYS))
    .option('--out <folder>', 'folder for the key and the certificate', '.')
    .action((options: KeygenOptions) => {
      if (options.apiKey) json(newApiKey());
      else if (options.signingSecret) json(newSigningSecret());
      else writeCertificate(options);
    });
}

export function newApiKey(): { key: string; sha256: string } {
  const key = `srl_${randomBytes(32).toString('base64url')}`;
  return { key, sha256: hashApiKey(key) };
}

/** NetSuite's secret holds the part without the prefix. */
export function newSigningSecret(): { secret: string; netsuiteSecret: string } {
  const netsuiteSecret = randomBytes(32).toString('base64');
  return { secret: `whsec_${netsuiteSecret}`, netsuiteSecret };
}

function writeCertificate({ for: system, kind, out, name, days }: KeygenOptions): void {
  const wanted = KINDS.find((one) => one === kind);
  if (!wanted) throw new CliError(`--kind must be one of ${KINDS.join(', ')}`, 2);
  if (system !== 'netsuite' && system !== 'salesforce')
    throw new CliError(`--for must be one of ${Object.keys(SYSTEMS).join(', ')}`, 2);
  if (system === 'salesforce' && !wanted.startsWith('rsa'))
    throw new CliError('Salesforce takes RSA keys only: its assertions are signed by RS256', 2);
  const validDays = Number(days);
  if (!Number.isInteger(validDays) || validDays < 1 || validDays > MAX_DAYS) {
    throw new CliError(`--days must be 1 to ${MAX_DAYS}: NetSuite refuses longer certificates`, 2);
  }
  const keyFile = path.join(out, `${system}-key.pem`);
  const certificateFile = path.join(out, `${system}-certificate.pem`);
  for (const file of [keyFile, certificateFile]) {
    if (existsSync(file))
      throw new CliError(`${file} is there already; move it away or choose another folder with --out`, 2);
  }
  const made = makeKeyAndCertificate({ kind: wanted, commonName: name, days: validDays, now: new Date() });
  mkdirSync(out, { recursive: true });
  writeFileSync(keyFile, made.privateKeyPem, { mode: 0o600, flag: 'wx' });
  writeFileSync(certificateFile, made.certificatePem, { flag: 'wx' });
  json({ key: keyFile, certificate: certificateFile, alg: system === 'salesforce' ? 'RS256' : made.alg });
  note(SYSTEMS[system](keyFile, certificateFile, made.alg));
}
