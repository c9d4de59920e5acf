import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownershipMarkdown, PRESETS } from '../../../flows';

const file = path.resolve(__dirname, '../../../docs/ownership.md');

it('keeps the document of owners equal to the flows that ship (WRITE_OWNERSHIP=1 writes it)', () => {
  const wanted = `${ownershipMarkdown(Object.values(PRESETS).flat()).trimEnd()}\n`;
  if (process.env['WRITE_OWNERSHIP'] === '1') writeFileSync(file, wanted);
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(wanted);
});
