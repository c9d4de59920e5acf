import type { FieldMap, Flow, Owner } from './flow-schema';

const ownerText = (owner: Owner): string =>
  typeof owner === 'string' ? OWNERS[owner] : `CRM while ${owner.crmWhile.join(' or ').toLowerCase()}, then NetSuite`;
const OWNERS = { crm: 'CRM', netsuite: 'NetSuite', relay: 'relay' } as const;

const MODES: Readonly<Record<string, string>> = {
  always: 'whenever it differs',
  onCreate: 'when the record is created',
  ifEmpty: 'while empty',
  whileStage: 'in its stages',
};

const cell = (text: string): string => text.replace(/\|/g, '\\|');
const sourceOf = (map: FieldMap): string =>
  map.from === undefined
    ? map.setting === undefined
      ? `constant ${JSON.stringify(map.constant)}`
      : `setting ${map.setting}`
    : [map.from].flat().join(' or ');

function fieldRow(map: FieldMap, place: string): string {
  const written = typeof map.owner === 'object' ? 'in the stages it owns' : MODES[map.write]!;
  return `| ${cell(place + map.to)} | ${cell(sourceOf(map))} | ${ownerText(map.owner)} | ${written} |`;
}

/** Content and place of a file; what it is attached to otherwise stays. */
function fileRows({ file, attachTo }: Flow): string[] {
  if (file === undefined) return [];
  return [
    `| content, in the folder ${file.folder} | ${[file.content].flat().join(' or ')} | CRM | ${MODES['always']!} |`,
    ...attachTo.map(
      ({ recordType, prefix, from }) =>
        `| attachment to ${recordType} \`${prefix}_…\` | ${[from].flat().join(' or ')} | CRM | added, never taken away |`,
    ),
  ];
}

function flowSection(flow: Flow): string[] {
  const [source, target] =
    flow.direction === 'toNetSuite'
      ? [`${flow.crm} ${flow.object}`, `NetSuite ${flow.recordType}`]
      : [`NetSuite ${flow.recordType}`, `${flow.crm} ${flow.object}`];
  const state = flow.enabled ? 'on' : 'off until switched on';
  const number = flow.number === undefined ? '' : `${flow.number}, `;
  const addresses = flow.addresses.map(
    ({ label, owner, write }) => `| address ${label} | ${label} address | ${ownerText(owner)} | ${MODES[write]!} |`,
  );
  return [
    `## ${flow.title} (\`${flow.id}\`)`,
    '',
    `${number}${source} → ${target}, ${state}. Records: \`${flow.key.prefix}_…\`.`,
    '',
    '| to | from | owner | written |',
    '|---|---|---|---|',
    ...flow.fields.map((map) => fieldRow(map, '')),
    ...addresses,
    ...fileRows(flow),
    ...flow.lines.flatMap((lines) => lines.fields.map((map) => fieldRow(map, `${lines.sublist} line: `))),
    '',
  ];
}

/** Who owns which field, as Markdown: what people sign before a flow goes live. */
export function ownershipMarkdown(flows: readonly Flow[]): string {
  return [
    '# Who owns which field',
    '',
    'One field has one owner, in both directions. The owner’s value wins; an edit of the other side is written down and not carried over.',
    'This page is printed by `npm run suiterelay -- flows --markdown`, and a test keeps it equal to the flows that ship.',
    '',
    ...flows.flatMap(flowSection),
  ].join('\n');
}
