import type { CrmFinding, WantedObject } from '../../delivery/crm-adapter';
import type { ObjectShape } from './build-query';
import { ADDED_TO_CONTENT } from './read-content';
import type { SalesforceClient } from './salesforce-client';
import { classifySalesforce } from './salesforce-faults';

const DEPLOY =
  'Deploy crm/salesforce to the org and give the user the permission set SuiteRelay_Integration (docs/connect-salesforce.md, steps 1 and 2).';

/** Whether an object has the fields that flows touch, as the user sees it: what is hidden from the user is missing to it. */
export async function checkObject(
  client: SalesforceClient,
  name: string,
  { object, reads, writes, keys }: WantedObject,
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const subject = `${name}: ${object}`;
  let shape: ObjectShape;
  try {
    shape = await client.shapeOf(object, signal);
  } catch (error) {
    const { message } = classifySalesforce(error);
    const remedy = `${DEPLOY} An object of a feature that is off needs its flow switched off.`;
    return [{ level: writes.size > 0 ? 'bad' : 'warn', subject, message: `can't be described: ${message}`, remedy }];
  }
  const { fields } = shape;
  const names = (set: ReadonlySet<string>, test: (field: string) => boolean): string[] =>
    [...set].filter((field) => !field.includes('.') && test(field));
  const bad = (what: string, list: readonly string[], remedy: string): CrmFinding[] =>
    list.length === 0 ? [] : [{ level: 'bad', subject, message: `${what}: ${list.join(', ')}`, remedy }];
  const findings = [
    ...bad(
      'fields that flows write are missing or hidden from the user',
      names(writes, (one) => !fields.has(one)),
      DEPLOY,
    ),
    ...bad(
      'fields that flows write are computed or read-only for the user',
      names(writes, (one) => fields.get(one)?.writable === false),
      'Give the user edit access (field-level security), or take the field out of the flow: a formula can never be written.',
    ),
    ...bad(
      'records can not be found by',
      names(keys, (one) => one.endsWith('__c') && fields.has(one) && !fields.get(one)!.externalId),
      'Make it an External ID, unique: Setup > Object Manager > field > Edit.',
    ),
  ];
  const exists = (path: string): boolean => {
    const [first = ''] = path.split('.');
    return /Address\./.test(path) || ADDED_TO_CONTENT.has(first) || fields.has(first) || shape.relationships.has(first);
  };
  const unread = reads.filter((list) => !list.some(exists)).map((list) => list.join(' or '));
  if (unread.length > 0) {
    const message = `not there, so never sent to NetSuite: ${unread.join(', ')}`;
    findings.push({ level: 'warn', subject, message, remedy: `${DEPLOY} Or leave the fields empty for good.` });
  }
  return findings.length > 0
    ? findings
    : [{ level: 'ok', subject, message: `${reads.length + writes.size} fields as the flows need them` }];
}
