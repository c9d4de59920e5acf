import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateClientKeys, newSecret, type ClientCredentials } from '../auth/credentials';

/** Credentials for a client outside. An account with a data folder keeps them there: what was configured yesterday still gets in today. */
export async function clientCredentials(data: string | null): Promise<ClientCredentials> {
  const file = data === null ? null : path.join(data, 'client-credentials.json');
  if (file !== null && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ClientCredentials;
  const made: ClientCredentials = {
    ...(await generateClientKeys()),
    clientId: newSecret(),
    consumerKey: newSecret(),
    consumerSecret: newSecret(),
    certificateId: newSecret(),
    tokenId: newSecret(),
    tokenSecret: newSecret(),
  };
  if (file !== null) {
    mkdirSync(path.dirname(file), { recursive: true });
    // Whole or not at all: half a file would keep the account from ever starting again.
    writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return made;
}
