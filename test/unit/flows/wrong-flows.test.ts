import { FlowDefinitionError, loadFlows } from '../../../flows';

const base = `id: acme.account
title: Accounts
crm: salesforce
object: Account
direction: toNetSuite
recordType: customer
key: { prefix: AC, from: Id, transform: sfRecordId }
fields:
  - { to: companyname, from: Name, owner: crm }
`;
const indented = base.trimEnd().replaceAll('\n', '\n    ');

function told(text: string): string {
  try {
    loadFlows({ files: [{ name: 'own.yaml', text }] });
  } catch (error) {
    if (error instanceof FlowDefinitionError) return error.message;
    throw error;
  }
  return 'accepted';
}

it('the flow that the wrong ones are made of is right', () => expect(told(base)).toBe('accepted'));

it.each<[string, string, RegExp]>([
  ['no YAML', 'id: [a', /own\.yaml: \(file\): is no YAML or JSON: .*line 1/],
  ['tabs', 'id:\n\t- a', /own\.yaml: .*Tabs are not allowed as indentation at line 2/],
  ['an empty file', '', /own\.yaml: \(file\): is empty: write one flow .*flows:/],
  ['a bare list', '- a\n- b', /own\.yaml: \(file\): is a list: .*"flows:"/],
  ['a member misspelt', base.replace('title', 'titel'), /no "titel"; did you mean "title"\?/],
  ['a member unknown', `${base}cadance: realtime\n`, /no "cadance"; did you mean "cadence"\?/],
  [
    'a field’s member misspelt',
    base.replace('from: Name', 'form: Name'),
    /fields\.companyname: .*no "form"; did you mean "from"\?/,
  ],
  [
    'a direction misspelt',
    base.replace('toNetSuite', 'toNetsuite'),
    /direction: "toNetsuite" is not one of toNetSuite, toCrm/,
  ],
  [
    'another owner',
    base.replace('owner: crm', 'owner: salesforce'),
    /fields\.companyname\.owner: .*crm, netsuite or relay/,
  ],
  ['no owner', base.replace(', owner: crm', ''), /fields\.companyname\.owner: .*crm, netsuite or relay/],
  [
    'fields as a map',
    base.replace(/fields:[\s\S]*/, 'fields: { companyname: Name }\n'),
    /fields: must be a list, not \{"companyname":"Name"\}.*- \{ to:/,
  ],
  [
    'no source of a value',
    base.replace('from: Name, ', ''),
    /fields\.companyname: give exactly one of from, constant, setting/,
  ],
  [
    'two sources of a value',
    base.replace('from: Name', 'from: Name, constant: x'),
    /give exactly one of from, constant, setting/,
  ],
  [
    'a prefix with a blank',
    base.replace('prefix: AC', 'prefix: "sf acct"'),
    /key\.prefix: "sf acct" .*such as SF_ACCT/,
  ],
  ['no key', base.replace(/key:.*\n/, ''), /key: is missing .*prefix: SF_ACCT/],
  [
    'a cron of 61 minutes',
    `${base}cadence: { kind: schedule, cron: "61 * * * *" }\n`,
    /cadence\.cron: is no schedule .*61/,
  ],
  [
    'no time zone of the world',
    `${base}cadence: { kind: schedule, cron: "0 6 * * *", timeZone: Berlin }\n`,
    /cadence\.cron: .*IANA time zone/,
  ],
  ['a cadence in a word', `${base}cadence: hourly\n`, /cadence: .*\{ kind: realtime \}/],
  [
    'a write mode nobody knows',
    base.replace('owner: crm', 'owner: crm, write: once'),
    /write: "once" is not one of always, onCreate, ifEmpty/,
  ],
  ['a yes in quotes', `${base}enabled: "yes"\n`, /enabled: must be true or false, not "yes"/],
  [
    'one field twice',
    `${base}  - { to: companyname, from: Other, owner: crm }\n`,
    /fields\.companyname: already belongs to/,
  ],
  [
    'tax',
    `${base}  - { to: taxitem, from: Tax, owner: crm }\n`,
    /fields\.taxitem: .*tax, which NetSuite alone decides; remove it/,
  ],
  [
    'a record type in capitals',
    base.replace('customer', 'Customer'),
    /recordType: "Customer" .*small letters, such as salesorder/,
  ],
  [
    'an id with a blank',
    base.replace('acme.account', 'Acme Account'),
    /id: "Acme Account" .*such as acme\.account-to-customer/,
  ],
  ['one id twice', `flows:\n  - ${indented}\n  - ${indented}\n`, /flow acme\.account: id: stands twice, in own\.yaml/],
  [
    'a transform misspelt',
    base.replace('owner: crm', 'owner: crm, transform: txt'),
    /no transform "txt"; did you mean "text"\?.*Known:/,
  ],
  [
    'a pick list without a table',
    base.replace('owner: crm', 'owner: crm, transform: picklist'),
    /fields\.companyname: picklist needs a table .*\{ name: picklist, table: \{ Gold: Premium/,
  ],
  [
    'a pick list with an empty table',
    base.replace('owner: crm', 'owner: crm, transform: { name: picklist, table: {} }'),
    /fields\.companyname: picklist needs a table/,
  ],
  [
    'a pick list in a chain, whose table is a list',
    base.replace('owner: crm', 'owner: crm, transform: [text, { name: picklist, table: [Gold, Silver] }]'),
    /fields\.companyname: picklist needs a table/,
  ],
  [
    'a pick list that leads to a list',
    base.replace('owner: crm', 'owner: crm, transform: { name: picklist, table: { Gold: [1, 2] } }'),
    /picklist: "Gold" must become one text.*not \[1,2\]/,
  ],
  [
    'a policy for the unknown that is none',
    base.replace('owner: crm', 'owner: crm, transform: { name: picklist, table: { Gold: "1" }, unknown: skip }'),
    /picklist: unknown is "skip".*error, leave, keep, default/,
  ],
  [
    'a default that is not given',
    base.replace('owner: crm', 'owner: crm, transform: { name: picklist, table: { Gold: "1" }, unknown: default }'),
    /picklist: unknown: default needs a default/,
  ],
  [
    'options to be made in NetSuite',
    base.replace(
      'owner: crm',
      'owner: crm, transform: { name: picklist, table: { Gold: "1" }, unknown: createOption }',
    ),
    /picklist: unknown: createOption .*only in a flow that writes to HubSpot/,
  ],
  [
    'a pick list with a member misspelt',
    base.replace('owner: crm', 'owner: crm, transform: { name: picklist, table: { Gold: "1" }, unkown: keep }'),
    /picklist has no "unkown"/,
  ],
  [
    'a pick list of a match without a table',
    `${base}match:\n  - { field: email, from: Mail__c, transform: picklist, strength: exact }\n`,
    /match\.email: picklist needs a table/,
  ],
  [
    'a link back that would make two records of one',
    base
      .replace('direction: toNetSuite', 'direction: toCrm\nlinkBack: SF_X\ncreate: true')
      .replace('owner: crm', 'owner: netsuite'),
    /match: says by which field a record is found that was made before: match: \[\{ field: NetSuite_Internal_ID__c/,
  ],
  [
    'a link back that creates nothing',
    base.replace('direction: toNetSuite', 'direction: toCrm\nlinkBack: SF_X').replace('owner: crm', 'owner: netsuite'),
    /linkBack: is for flows towards a CRM with create: true/,
  ],
  [
    'members of a multi-select in a text',
    base.replace('owner: crm', 'owner: crm, transform: { name: multiSelect, allowed: Red }'),
    /multiSelect: allowed must be a list/,
  ],
])('a flow with %s is refused with the place, what is wrong and what to write', (_what, text, message) => {
  expect(told(text)).toMatch(message);
});
