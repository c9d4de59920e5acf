import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  missingPermissions,
  missingToView,
  OWN_RECORDS,
  PERMISSIONS,
} from 'SuiteScripts/suiterelay/governance/permissions';

const file = (name: string): string => readFileSync(path.resolve(__dirname, '../../..', name), 'utf8');
const LEVELS = ['NONE', 'VIEW', 'CREATE', 'EDIT', 'FULL'];

/** Key and level of each permission that a role object grants. */
function granted(role: string): Record<string, string> {
  const xml = file(`src/Objects/${role}.xml`);
  const pairs = xml.matchAll(/<permkey>(.*?)<\/permkey>\s*<permlevel>(.*?)<\/permlevel>/g);
  return Object.fromEntries([...pairs].map(([, key = '', level = '']) => [key, level]));
}

const wanted = (keys: (key: string) => boolean = () => true): Record<string, string> => ({
  ...Object.fromEntries(PERMISSIONS.filter(({ key }) => keys(key)).map(({ key, level }) => [key, LEVELS[level] ?? ''])),
  ...Object.fromEntries(OWN_RECORDS.map(({ type }) => [`[scriptid=${type}]`, 'FULL'])),
});

const SCHEDULING = new Set(['ADMI_CUSTOMSCRIPT', 'ADMI_SS_SCHEDULING']);

describe('one table of permissions', () => {
  test('is what the role grants, to the level and to the last', () =>
    expect(granted('customrole_srl_integration')).toEqual(wanted()));

  test('is what the smaller role grants, scheduling left out', () =>
    expect(granted('customrole_srl_basic')).toEqual(wanted((key) => !SCHEDULING.has(key))));

  test('is what the installation guide shows: label, key, level, call and page', () => {
    const rows = [
      ...PERMISSIONS.map(({ label, key, level, call, page }) => [label, key, LEVELS[level], call, page]),
      ...OWN_RECORDS.map(({ type, call }) => [
        `Record type ${type}`,
        `[scriptid=${type}]`,
        'FULL',
        call,
        'section_4267283788',
      ]),
    ];
    const guide = file('docs/install.md').replace(/ +/g, ' ');
    const shown = rows
      .filter((row) => !guide.includes(`| ${row.join(' | ')} |`))
      .map((row) => `| ${row.join(' | ')} |`);
    expect(shown).toEqual([]);
  });

  test('no role may write what the books own', () => {
    const books = ['TRAN_CUSTINVC', 'TRAN_CUSTPYMT', 'TRAN_CUSTCRED', 'TRAN_CUSTRFND', 'TRAN_CUSTDEP', 'TRAN_ITEMSHIP'];
    for (const role of ['customrole_srl_integration', 'customrole_srl_basic'])
      expect(books.map((key) => granted(role)[key])).toEqual(books.map(() => 'VIEW'));
  });
});

test('what a role lacks is named with key and level, for the types that need it; what is optional never', () => {
  const nothing = (): number => 0;
  expect(missingPermissions(['customer'], () => 4)).toEqual([]);
  expect(missingPermissions(['customer'], (key) => (key === 'LIST_CUSTJOB' ? 1 : 4))).toEqual([
    'Customers (LIST_CUSTJOB, level 3)',
  ]);
  expect(missingPermissions(['contact'], nothing).join()).not.toMatch(
    /TRAN_SALESORD|ADMI_SS_SCHEDULING|ADMI_LOGIN_OAUTH,/,
  );
  expect(missingToView('lead', nothing)).toBe('Customers (LIST_CUSTJOB, level 1)');
  expect(missingToView('customrecord_asset', nothing)).toBeNull();
});
