import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, type Unzipped } from 'fflate';
import type { ProjectFiles } from './types';

/** The folders of an SDF project; anything else beside them (node_modules, sources) is no part of it. */
const PARTS = ['Objects', 'FileCabinet', 'AccountConfiguration', 'Translations', 'InstallationPreferences'];

/** Reads an SDF project folder: manifest.xml, deploy.xml and the folders that SDF knows. */
export function readProjectFolder(folder: string): ProjectFiles {
  const files: ProjectFiles = new Map();
  const read = (relative: string): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative ? `${relative}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        if (relative || PARTS.includes(entry.name)) read(name);
      } else if (relative || entry.name.endsWith('.xml')) files.set(name, readFileSync(path.join(folder, name)));
    }
  };
  read('');
  return files;
}

/** Reads a zipped project, as the SuiteCloud CLI sends it; one folder around everything is allowed. Undefined when it is no zip. */
export function readProjectZip(zip: Uint8Array): ProjectFiles | undefined {
  const unzipped = unzip(zip);
  if (!unzipped) return undefined;
  const entries = Object.entries(unzipped).filter(([name]) => !name.endsWith('/'));
  const manifest = entries
    .map(([name]) => name)
    .filter((name) => /(^|\/)manifest\.xml$/.test(name))
    .sort((a, b) => a.length - b.length)[0];
  const prefix = manifest?.slice(0, -'manifest.xml'.length) ?? '';
  return new Map(
    entries
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, data]) => [name.slice(prefix.length).replaceAll('\\', '/'), data]),
  );
}

function unzip(zip: Uint8Array): Unzipped | undefined {
  try {
    return unzipSync(zip);
  } catch {
    return undefined;
  }
}
