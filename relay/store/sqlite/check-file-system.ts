import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
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

/** Those of file systems that hold no files of ours: the system's own, shown as files. */
const PSEUDO: Readonly<Record<number, string>> = {
  0x9fa0: 'proc',
  0x62656572: 'sysfs',
  0x62656570: 'configfs',
  0x1cd1: 'devpts',
  0x27e0eb: 'cgroup',
  0x63677270: 'cgroup2',
  0x64626720: 'debugfs',
  0x74726163: 'tracefs',
  0x73636673: 'securityfs',
  0xcafe4a11: 'bpf',
  0x19800202: 'mqueue',
  0xde5e81e4: 'efivarfs',
};

/** Those that live in memory. */
const VOLATILE = new Set([0x01021994, 0x858458f6]);

/** The network file system of a statfs(2) type; null for a local one. */
export const networkFileSystem = (type: number): string | null => NETWORK[type >>> 0] ?? null;

/** The folder itself, or the nearest one above it that exists. */
export function nearestFolder(folder: string): string {
  let place = path.resolve(folder);
  while (!existsSync(place) && path.dirname(place) !== place) place = path.dirname(place);
  return place;
}

/** Whether what is written there is gone after a restart of the machine. */
export const isVolatile = (folder: string): boolean => VOLATILE.has(statfsSync(nearestFolder(folder)).type >>> 0);

/** Throws `StoreRefused` for a file system that a store can't lie on. Creates nothing: under /proc the attempt would never end. */
export function refuseFileSystem(folder: string): void {
  const { type } = statfsSync(nearestFolder(folder));
  const network = networkFileSystem(type);
  if (network !== null) {
    throw new StoreRefused(
      'unsafe-file-system',
      `${folder} lies on a network file system (${network}), where an embedded store is not safe. Use a local disk, or PostgreSQL.`,
    );
  }
  const pseudo = PSEUDO[type >>> 0];
  if (pseudo !== undefined) {
    throw new StoreRefused(
      'unsafe-file-system',
      `${folder} lies on a file system of the operating system's own (${pseudo}), which keeps no files. Use a folder on a local disk.`,
    );
  }
}

/** The folder must exist or be creatable, be writable, and lie on a local disk. */
export function checkFolder(folder: string): void {
  refuseFileSystem(folder);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StoreRefused(
      'unsafe-file-system',
      `The store can't be written in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
