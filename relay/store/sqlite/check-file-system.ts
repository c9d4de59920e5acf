import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { StoreRefused } from '../errors';

/** Magic numbers of statfs(2) under which SQLite's locks and WAL do not work. */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x01021997: '9P',
  0x00c36400: 'Ceph',
  0x0bd00bd0: 'Lustre',
  0x5346414f: 'AFS',
  0x01161970: 'GFS2',
};

/** The network file system of a statfs(2) type; null for a local one. */
export const networkFileSystem = (type: number): string | null => NETWORK[type >>> 0] ?? null;

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
  const name = networkFileSystem(statfsSync(folder).type);
  if (name) {
    throw new StoreRefused(
      'unsafe-file-system',
      `${folder} lies on a network file system (${name}), where an embedded store is not safe. Use a local disk, or PostgreSQL.`,
    );
  }
}
