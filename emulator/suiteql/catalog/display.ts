import { quote } from '../compile/sql';
import { ENTITY_TYPES } from './item-types';
import { BY_TYPE, typeCase } from './transaction-types';

/** The text a person sees for a reference (BUILTIN.DF, Result.getText): a look-up of the referenced record's name. */
const ENTITY = new Set([...Object.keys(ENTITY_TYPES), 'entity']);
const EVENT = new Set(['activity', 'task', 'phonecall', 'calendarevent', 'supportcase', 'projecttask']);
const field = (row: string, name: string): string => `json_extract(${row}.data, '$.fields.${name}')`;

export function displayName(target: string | undefined, raw: string): string {
  if (target === undefined) return raw;
  if (target.startsWith('list:')) return `ora_listtext(${quote(target)}, ${raw})`;
  if (target.startsWith('address:')) return raw;
  if (target === 'customerstatus:stage')
    return `(SELECT ${field('d', 'stage')} || '-' || ${field('d', 'name')} FROM record d WHERE d.type = 'customerstatus' AND d.id = CAST(${raw} AS INTEGER))`;
  const group = groupOf(target);
  const where = group === null ? `d.type = ${quote(target)}` : `d.grp = ${quote(group)}`;
  const found = `(SELECT ${nameOf('d', group ?? target)} FROM record d WHERE ${where} AND d.id = CAST(${raw} AS INTEGER))`;
  return target === 'pricelevel' ? `CASE ${raw} WHEN '-1' THEN 'Custom' ELSE ${found} END` : found;
}

function groupOf(target: string): string | null {
  if (ENTITY.has(target)) return 'entity';
  if (target === 'transaction' || BY_TYPE.has(target)) return 'transaction';
  if (target === 'item' || target.endsWith('item')) return 'item';
  return EVENT.has(target) ? 'event' : null;
}

/** Lists whose entries may lie below others; customers, projects and items may too. */
const NESTED = new Set(['account', 'classification', 'department', 'location', 'subsidiary']);
const DEEPEST = 20;

/** The name of the row under this alias, as selects and lists show it: below a parent `Parent : Child`. */
export function nameOf(row: string, group: string): string {
  const within = group === 'entity' || group === 'item' ? 'grp' : NESTED.has(group) ? 'type' : undefined;
  if (within === undefined) return ownName(row, group);
  const above =
    `WITH RECURSIVE up(name, parent, depth) AS (SELECT ${ownName(row, group)}, ${field(row, 'parent')}, 0 ` +
    `UNION ALL SELECT ${ownName('h', group)} || ' : ' || up.name, ${field('h', 'parent')}, up.depth + 1 ` +
    `FROM up JOIN record h ON h.${within} = ${row}.${within} AND h.id = CAST(up.parent AS INTEGER) WHERE up.depth < ${DEEPEST}) ` +
    `SELECT name FROM up ORDER BY depth DESC LIMIT 1`;
  return `CASE WHEN ${field(row, 'parent')} IS NULL THEN ${ownName(row, group)} ELSE (${above}) END`;
}

/** The row's name without those above it. */
export function ownName(row: string, group: string): string {
  switch (group) {
    case 'entity':
      return entityName(row);
    case 'transaction':
      return `${typeCase(`${row}.type`, (entry) => quote(entry.label), `${row}.type`)} || ' #' || COALESCE(${field(row, 'tranid')}, ${row}.id)`;
    case 'item':
      return `COALESCE(${field(row, 'itemid')}, ${field(row, 'name')}, CAST(${row}.id AS TEXT))`;
    case 'account':
      return `NULLIF(COALESCE(${field(row, 'acctnumber')} || ' ', '') || COALESCE(${field(row, 'acctname')}, ''), '')`;
    case 'event':
      return `COALESCE(${field(row, 'title')}, ${field(row, 'casenumber')}, CAST(${row}.id AS TEXT))`;
    default:
      return `COALESCE(${['name', 'acctname', 'periodname', 'groupname', 'title', 'subject', 'code', 'displayname', 'entityid', 'inventorynumber'].map((name) => field(row, name)).join(', ')}, CAST(${row}.id AS TEXT))`;
  }
}

/** `entityid` without those above it. */
function entityName(row: string): string {
  return `COALESCE(${field(row, 'entityid')}, ${field(row, 'companyname')}, ${field(row, 'groupname')}, CAST(${row}.id AS TEXT))`;
}
