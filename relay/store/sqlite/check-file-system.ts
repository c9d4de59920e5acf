import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { StoreRefused } from '../errors';

/** Magic numbers of statfs(2) under which SQLite's locks and WAL do not work. */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x01021997: '9P',
};

/** The folder must exist or be creatable, be writable, and lie on a local disk. */
export function checkFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StoreRefused(
      'unsafe-file-system',
      `The store can't be written in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const name = NETWORK[statfsSync(folder).type >>> 0];
  if (name) {
    throw new StoreRefused(
      'unsafe-file-system',
      `${folder} lies on a network file system (${name}), where an embedded store is not safe. Use a local disk, or PostgreSQL.`,
    );
  }
}
