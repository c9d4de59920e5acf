import type * as z from 'zod';
import { explainIssues } from '../contract';
import type { FlowIssue } from './flow-definition-error';
import { fieldMapSchema, flowSchema } from './flow-schema';
import { nearestName } from './nearest-name';

/** What to write at a place, for those who see the message and not the schema. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/owner$/, 'Every field names its owner: crm, netsuite or relay'],
  [
    /^cadence$/,
    'Write { kind: realtime }, { kind: microBatch, everySeconds: 300 } or { kind: schedule, cron: "0 6 * * 1-5", timeZone: Europe/Berlin }',
  ],
  [
    /^recordType$/,
    'It is NetSuite’s id of the record type in small letters, such as salesorder or customrecord_acme_project',
  ],
  [/^id$/, 'Small letters, digits, dots and hyphens, such as acme.account-to-customer'],
  [
    /^key$/,
    'Write { prefix: SF_ACCT, from: Id, transform: sfRecordId }: prefix and id make the external id in NetSuite',
  ],
  [/prefix$/, 'Letters, digits and underscores, such as SF_ACCT: it begins the external id'],
  [/^fields$/, 'Write a list: "- { to: companyname, from: Name, owner: crm }"'],
];

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'members with values',
  boolean: 'true or false',
  string: 'a text',
  number: 'a number',
};

/** The issues of one flow's schema as sentences that say where, what is wrong and what to write instead. */
export function explainFlowIssues(issues: readonly z.core.$ZodIssue[], input: unknown): FlowIssue[] {
  const { id, fields } = (input ?? {}) as { id?: unknown; fields?: unknown };
  const sentences = explainIssues(issues);
  return issues.map((issue, at) => {
    const { path, message } = sentences[at]!;
    const hint = HINTS.find(([place]) => place.test(path))?.[1];
    return {
      flow: typeof id === 'string' ? id : '(without id)',
      path: nameField(path, fields) || '(whole flow)',
      message: `${ownWords(issue) ?? message}${hint === undefined ? '' : `. ${hint}`}`,
    };
  });
}

/** `fields.3.owner` as `fields.companyname.owner`. */
const nameField = (path: string, fields: unknown): string =>
  path.replace(/^fields\.(\d+)/, (found, at) => {
    const field: unknown = Array.isArray(fields) ? fields[Number(at)] : undefined;
    const to = (field as { to?: unknown } | null | undefined)?.to;
    return typeof to === 'string' ? `fields.${to}` : found;
  });

function ownWords(issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'invalid_type' && issue.input !== undefined)
    return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${JSON.stringify(issue.input).slice(0, 60)}`;
  if (issue.code === 'invalid_format') return `${JSON.stringify(issue.input)} does not have the right form`;
  if (issue.code === 'invalid_value')
    return `${JSON.stringify(issue.input) ?? 'nothing'} is not one of ${issue.values.map(String).join(', ')}`;
  if (issue.code !== 'unrecognized_keys') return null;
  const known = issue.path[0] === 'fields' ? Object.keys(fieldMapSchema.shape) : Object.keys(flowSchema.shape);
  return issue.keys
    .map((key) => {
      const meant = nearestName(key, known);
      return `there is no "${key}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
    })
    .join('; ');
}
