import type { Account, Fields, LineData, RecordData } from '../kernel/types';
import { userError } from './faults';
import { findReference } from './find-record';
import { goodsMoved } from './move-stock';
import { add, number } from './money';

/** Items whose goods carry lot or serial numbers. */
const isNumbered = (item: RecordData | undefined): boolean => /^(lotnumbered|serialized)/.test(item?.type ?? '');

const assignmentsOf = (line: LineData): LineData[] =>
  line.subrecords?.inventorydetail?.sublists?.inventoryassignment ?? [];

/**
 * Goods with lot or serial numbers move only with an inventory detail that names them (section_4687606595). The name of the error is
 * that of a refused form; its words are in public handlers of it.
 */
export function requireAssignments(account: Account, record: RecordData): void {
  for (const { line, move } of goodsMoved(record)) {
    if (assignmentsOf(line).length > 0 || !isNumbered(findReference(account, 'item', move.item))) continue;
    const [list, at] = placeOf(record, line);
    throw userError(`Please configure the inventory detail in line ${at + 1} of the ${list} list.`);
  }
}

/** In which list a line stands, and where; goods that a build makes stand in none. */
function placeOf(record: RecordData, line: LineData): [string, number] {
  for (const [list, lines] of Object.entries(record.sublists)) {
    const at = lines.findIndex(
      (each) => each === line || (line.fields.line !== undefined && each.fields.line === line.fields.line),
    );
    if (at >= 0) return [list, at];
  }
  return ['item', 0];
}

/** The number that an assignment names: one in stock by its id, a received one by its text; a record of it comes into being then only (section_N3202566). */
function numberOf(account: Account, item: string, { fields }: LineData): RecordData | undefined {
  if (typeof fields.issueinventorynumber === 'string')
    return account.store.get('inventorynumber', fields.issueinventorynumber);
  const text = fields.receiptinventorynumber;
  if (typeof text !== 'string' || text === '') return undefined;
  account.store.ensureIndex('inventorynumber', 'item');
  const known = account.store.db
    .prepare<[string, string]>(
      `SELECT id FROM record WHERE type = 'inventorynumber' AND json_extract(data, '$.fields.item') = ?
       AND json_extract(data, '$.fields.inventorynumber') = ?`,
    )
    .pluck()
    .get(item, text) as number | undefined;
  if (known !== undefined) return account.store.get('inventorynumber', String(known));
  const { expirationdate = null } = fields;
  return account.store.put({
    type: 'inventorynumber',
    id: null,
    externalId: null,
    version: 0,
    fields: { inventorynumber: text, item, expirationdate },
    sublists: {},
    subrecords: {},
  });
}

const figuresAfter = (fields: Fields, moved: number): Fields => {
  const onHand = add([number(fields.quantityonhand), moved], 5);
  return { quantityonhand: onHand, quantityavailable: onHand };
};

function moveNumber(account: Account, found: RecordData, location: string, moved: number): void {
  const after = figuresAfter(found.fields, moved);
  account.store.patch(found.type, found.id!, after);
  if (location === '') return;
  const lines = (found.sublists.locations ??= []);
  let seq = lines.findIndex(({ fields }) => fields.location === location);
  if (seq < 0) seq = lines.push({ fields: { location } }) - 1;
  const line = lines[seq]!;
  Object.assign(line.fields, figuresAfter(line.fields, moved));
  account.store.patchLine(found.type, found.id!, 'locations', seq, line);
}

function moveAll(account: Account, record: RecordData, sign: 1 | -1): void {
  for (const { line, move } of goodsMoved(record)) {
    if (!isNumbered(findReference(account, 'item', move.item))) continue;
    for (const assignment of assignmentsOf(line)) {
      const found = numberOf(account, move.item, assignment);
      const moved = sign * Math.sign(move.onHand) * Math.abs(number(assignment.fields.quantity));
      if (found) moveNumber(account, found, move.location, moved);
    }
  }
}

const onHandAt = (found: RecordData, location: string): number => {
  const lines = found.sublists.locations ?? [];
  const fields =
    location === '' || lines.length === 0
      ? found.fields
      : lines.find((line) => line.fields.location === location)?.fields;
  return number(fields?.quantityonhand);
};

/** Numbered goods never go below zero: what a lot or serial number has at a location is all that can leave it (section_N2236900). */
function requireOnHand(account: Account, record: RecordData): void {
  for (const { line, move } of goodsMoved(record)) {
    if (move.onHand > 0 || !isNumbered(findReference(account, 'item', move.item))) continue;
    for (const assignment of assignmentsOf(line)) {
      const found = numberOf(account, move.item, assignment);
      const short = found ? -onHandAt(found, move.location) : 0;
      if (!found || short <= 0) continue;
      const [list, at] = placeOf(record, line);
      throw userError(
        `Serial/lot number ${String(found.fields.inventorynumber)} has ${String(short)} less than line ${at + 1} of the ${list} list takes from it. Please change the inventory detail.`,
      );
    }
  }
}

/**
 * What each lot or serial number has on hand, in all and by location, follows the inventory details of what moves goods.
 * Throws USER_ERROR when more of one would leave than there is.
 */
export function moveNumbers(account: Account, record: RecordData | undefined, old: RecordData | undefined): void {
  if (old) moveAll(account, old, -1);
  if (!record) return;
  moveAll(account, record, 1);
  requireOnHand(account, record);
}
