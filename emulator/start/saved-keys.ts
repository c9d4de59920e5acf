import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateClientKeys } from '../auth/credentials';

type Keys = Awaited<ReturnType<typeof generateClientKeys>>;

/** An account with a data folder keeps its client keys there: clients configured yesterday still get in today. Undefined without a folder. */
export function savedKeys(data: string | null): Promise<Keys> | undefined {
  if (data === null) return undefined;
  const file = path.join(data, 'client-keys.json');
  if (existsSync(file)) return Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as Keys);
  return generateClientKeys().then((keys) => {
    mkdirSync(data, { recursive: true });
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
    return keys;
  });
}
