import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  once: boolean;
  json: boolean;
  /** Folder of the emulator's account, the relay's store and the fake CRMs. */
  data: string;
  /** The folder is ours and goes with us. */
  temporary: boolean;
  /** The relay's port; 0 takes a free one. */
  port: number;
}

/** `npm start -- [--once] [--json] [--data DIR] [--port N]`. Throws for anything else. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port number`);
  const temporary = values.data === undefined && values.once;
  const data = values.data ?? (values.once ? mkdtempSync(path.join(tmpdir(), 'suiterelay-')) : '.suiterelay');
  return { once: values.once, json: values.json, data: path.resolve(data), temporary, port };
}
