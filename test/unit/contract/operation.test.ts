import * as z from 'zod/mini';
import {
  bulkRequestSchema,
  canonicalJson,
  explainIssues,
  isDenied,
  namedReferencesSchema,
  operationSchema,
  reconcileRequestSchema,
  stampPrefix,
  upsertRequestSchema,
} from '../../../contract';

const operation = {
  opId: 'op_1',
  version: '1760000000000001',
  recordType: 'customer',
  action: 'upsert',
  key: { externalId: 'sf_acct_1' },
};

test('external ids are upper-cased on entry, because NetSuite compares them without case', () => {
  expect(operationSchema.parse(operation).key.externalId).toBe('SF_ACCT_1');
});

test('a field gives exactly one of value, text and ref, and defaults to write always', () => {
  const parsed = operationSchema.parse({
    ...operation,
    fields: { companyname: { value: 'Acme' }, phone: { value: null } },
  });
  expect(parsed.fields.companyname).toEqual({ value: 'Acme', write: 'always' });
  expect(parsed.fields.phone?.value).toBeNull();
  const both = operationSchema.safeParse({ ...operation, fields: { terms: { value: '1', text: 'Net 30' } } });
  expect(both.success).toBe(false);
  expect(explainIssues(both.error?.issues ?? [])[0]).toEqual({
    path: 'fields.terms',
    message: 'give exactly one of value, text, ref',
  });
});

test('a version that is not 16 digits is refused by name', () => {
  const short = operationSchema.safeParse({ ...operation, version: '7' });
  expect(explainIssues(short.error?.issues ?? [])[0]?.path).toBe('version');
});

test('an envelope takes a malformed operation, so that it fails alone', () => {
  const envelope = { contract: 1, batchId: 'b', operations: [operation, { nonsense: true }] };
  expect(z.safeParse(upsertRequestSchema, envelope).success).toBe(true);
});

test('totals, tax, numbering and stamps are denied', () => {
  expect(['total', 'taxtotal', 'tranid', 'lineuniquekey', 'custentity_srl_version'].every(isDenied)).toBe(true);
  expect(['memo', 'companyname', 'custbody_channel'].some(isDenied)).toBe(false);
});

test('the number a company is registered under for tax is no tax', () => {
  expect(['taxidnum', 'vatregnumber'].some(isDenied)).toBe(false);
  expect(['taxitem', 'taxcode', 'taxrate1', 'defaulttaxreg'].every(isDenied)).toBe(true);
});

test('a name that every object has is no name of a type, field, sublist or reference, and is refused with its place', () => {
  const pathsOf = (more: object): unknown[] =>
    explainIssues(operationSchema.safeParse({ ...operation, ...more }).error?.issues ?? []).map(({ path }) => path);
  expect(pathsOf({ recordType: 'constructor' })).toEqual(['recordType']);
  expect(pathsOf({ fields: { constructor: { value: 'x' } } })).toEqual(['fields.constructor']);
  expect(pathsOf({ fields: { terms: { ref: { recordType: 'constructor', text: 'x' } } } })).toEqual([
    'fields.terms.ref.recordType',
  ]);
});

test('the stamp prefix follows the record class, and types without custom fields have none', () => {
  expect(['customer', 'salesorder', 'inventoryitem', 'customrecord_x', 'currency'].map(stampPrefix)).toEqual([
    'custentity_srl_',
    'custbody_srl_',
    'custitem_srl_',
    null,
    null,
  ]);
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }], e: undefined })).toBe(
    canonicalJson({ a: [{ c: 'x', d: null }], b: 1 }),
  );
});

test('what becomes part of a query is a name and nothing else', () => {
  const evil = "id) FROM employee e WHERE e.email IN ('a') UNION ALL SELECT (e.id";
  const key = (more: object): object => ({ ...operation, key: { externalId: 'SF_1', ...more } });
  const lines = { keyField: evil, mode: 'merge', lines: [] };
  const refused = [
    { ...operation, fields: { parent: { ref: { recordType: 'customer', key: { field: evil, value: 'x' } } } } },
    { ...operation, sublists: { item: lines } },
    { ...operation, sublists: { [evil]: { ...lines, keyField: 'custcol_x' } } },
    { ...operation, subrecords: { [evil]: { fields: {} } } },
    key({ match: [{ field: evil, value: 'x', strength: 'exact' }] }),
    key({ match: [{ field: 'email', value: 'x', strength: 'exact', within: { [evil]: 'x' } }] }),
  ];
  expect(refused.map((one) => operationSchema.safeParse(one).success)).toEqual(refused.map(() => false));
  const name = { recordType: 'customer', by: 'email', value: 'x' };
  expect(namedReferencesSchema.safeParse([name]).success).toBe(true);
  expect(namedReferencesSchema.safeParse([{ ...name, by: evil }]).success).toBe(false);
  expect(namedReferencesSchema.safeParse([{ ...name, recordType: evil }]).success).toBe(false);
  expect(reconcileRequestSchema.safeParse({ recordType: evil, externalIds: ['A'] }).success).toBe(false);
  expect(bulkRequestSchema.safeParse({ action: 'open', recordType: evil, total: 1 }).success).toBe(false);
});
