import { fault, type Account, type Execution, type Fields, type RecordData } from '../kernel/types';
import { noSuchRecord } from './faults';
import { findRecord, requireType } from './find-record';

interface LinkEnd {
  type: string;
  id: string | number;
}
interface LinkArgs {
  record: LinkEnd;
  to?: LinkEnd;
  from?: LinkEnd;
  attributes?: Fields;
}

const ends = (account: Account, execution: Execution, args: LinkArgs, api: string): [RecordData, RecordData] => {
  const other = args.to ?? args.from!;
  const type = requireType(account, args.record.type);
  const otherType = requireType(account, other.type);
  account.permissions.requireRecord(execution, otherType.id, 'edit');
  account.charge(execution, api, otherType.id);
  const record = findRecord(account, type.id, args.record.id);
  const target = findRecord(account, otherType.id, other.id);
  if (!record || !target) throw noSuchRecord();
  return [record, target];
};

/** The sublist in which an attached record of a type is kept: contacts with their role, files, and everything else by type. */
const listFor = (type: string): string =>
  type === 'contact' ? 'contactroles' : type === 'file' ? 'mediaitem' : `attached_${type}`;
const columnFor = (type: string): string => (type === 'contact' ? 'contact' : type === 'file' ? 'mediaitem' : 'record');

function write(account: Account, execution: Execution, record: RecordData, api: string): void {
  account.store.transaction(() => account.store.put(record));
  account.noteWrite({
    op: 'update',
    type: record.type,
    id: record.id!,
    scriptId: execution.scriptId,
    executionId: execution.id,
    api,
    context: execution.context,
  });
}

/** A custom record with the other type as parent is attached by that field; attaching counts as an edit of it. */
function parentField(account: Account, record: RecordData, target: RecordData): string | undefined {
  const meta = account.registry.type(record.type);
  if (meta?.class !== 'custom') return undefined;
  return Object.values(meta.fields).find(
    (field) => field.custom && field.type === 'select' && field.selectType === target.type,
  )?.id;
}

/** record.attach (section_4267282652). */
export function attachRecord(account: Account, execution: Execution, args: LinkArgs): null {
  const [record, target] = ends(account, execution, args, 'record.attach');
  const field = parentField(account, record, target);
  if (field !== undefined) {
    record.fields[field] = target.id;
    write(account, execution, record, 'record.attach');
    return null;
  }
  if (
    record.type === 'contact' &&
    !['entity', 'transaction', 'event'].includes(account.registry.type(target.type)?.group ?? '') &&
    account.registry.type(target.type)?.class !== 'custom'
  ) {
    throw fault('SSS_RECORD_TYPE_MISMATCH', `A ${record.type} can't be attached to a ${target.type}.`);
  }
  const lines = (target.sublists[listFor(record.type)] ??= []);
  const column = columnFor(record.type);
  const known = lines.find((line) => line.fields[column] === record.id);
  if (known) Object.assign(known.fields, args.attributes);
  else lines.push({ fields: { [column]: record.id, ...args.attributes } });
  write(account, execution, target, 'record.attach');
  return null;
}

/** record.detach (section_4267283008). */
export function detachRecord(account: Account, execution: Execution, args: LinkArgs): null {
  const [record, target] = ends(account, execution, args, 'record.detach');
  const field = parentField(account, record, target);
  if (field !== undefined && record.fields[field] === target.id) {
    record.fields[field] = null;
    write(account, execution, record, 'record.detach');
    return null;
  }
  const list = listFor(record.type);
  const column = columnFor(record.type);
  target.sublists[list] = (target.sublists[list] ?? []).filter((line) => line.fields[column] !== record.id);
  write(account, execution, target, 'record.detach');
  return null;
}
