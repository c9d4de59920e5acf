import type { Account, Fields, LineData, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { isStocked, kindOf } from './item-kinds';
import { add, multiply, number } from './money';
import { goodsMoved } from './move-stock';
import { assetAccount, cogsAccount, counterAccount } from './stock-accounts';
import { StockLedger } from './stock-ledger';
import { asStock } from './stock-units';

/** Lines that move value: `stockvalue` for each movement, `cogs` and `transferin` for lines that the platform adds to the transaction itself. */
interface Entries {
  stockvalue: Fields[];
  transferin: Fields[];
  cogs: Fields[];
}

interface Work {
  account: Account;
  record: RecordData;
  ledgers: Map<string, StockLedger>;
  entries: Entries;
  /** Value that went out by this document and has not come in again: transfers and builds carry it along. */
  carried: number;
  nextLine: number;
}

const TAKES_ALONG = new Set(['inventorytransfer', 'assemblybuild', 'assemblyunbuild']);
/** Sales show both sides as lines of their own; elsewhere the asset is the line itself. */
const SALES = new Set(['invoice', 'cashsale', 'creditmemo', 'cashrefund']);

function ledgerOf(work: Work, item: RecordData): StockLedger {
  const known = work.ledgers.get(item.id!);
  if (known) return known;
  const ledger = new StockLedger(work.account, item);
  work.ledgers.set(item.id!, ledger);
  return ledger;
}

/** What a unit that comes in costs by the document, in base currency; undefined where the average has to do. */
function costByDocument({ account, record }: Work, line: LineData): number | undefined {
  const { unitcost, rate } = line.fields;
  if (record.type === 'inventoryadjustment') return typeof unitcost === 'number' ? unitcost : undefined;
  if (record.type === 'vendorbill' || record.type === 'vendorcredit' || record.type === 'itemreceipt') {
    const from = record.fields.createdfrom;
    const source = typeof from === 'string' ? account.store.getInGroup('transaction', from) : undefined;
    if (source && source.type !== 'purchaseorder') return undefined;
    if (typeof rate !== 'number') return undefined;
    return multiply(rate, number(source?.fields.exchangerate ?? record.fields.exchangerate ?? 1), 8);
  }
  return undefined;
}

/** Goods on their way from another location come in at what they had cost there. */
function costInTransit({ account, record }: Work, ledger: StockLedger): number | undefined {
  const from = record.fields.createdfrom;
  const source = typeof from === 'string' ? account.store.getInGroup('transaction', from) : undefined;
  return source?.type === 'transferorder' ? ledger.average(String(source.fields.location ?? '')) : undefined;
}

/** Answers the value of the movement (in positive) and what of it corrects earlier estimates. */
function value(work: Work, ledger: StockLedger, line: LineData, location: string, quantity: number): [number, number] {
  const { record } = work;
  if (quantity < 0) {
    const unit = record.type === 'vendorcredit' ? costByDocument(work, line) : undefined;
    const out = unit === undefined ? ledger.take(location, -quantity) : multiply(unit, -quantity, 2);
    if (unit !== undefined) ledger.reverse(location, -quantity, out);
    if (TAKES_ALONG.has(record.type)) work.carried = add([work.carried, out]);
    return [-out, 0];
  }
  const whole = record.type === 'inventorytransfer' || record.type === 'assemblybuild';
  const unit = costByDocument(work, line) ?? costInTransit(work, ledger) ?? ledger.average(location);
  const worth = whole ? work.carried : multiply(unit, quantity, 2);
  if (TAKES_ALONG.has(record.type)) work.carried = add([work.carried, -worth]);
  if (record.type === 'itemreceipt' || record.type === 'vendorbill') ledger.lastPrice = unit;
  return [worth, ledger.bring(location, quantity, worth)];
}

const entry = (account: string | null, amount: number, more: Fields): Fields => ({ account, amount, ...more });

function addLine(work: Work, fields: Fields): void {
  work.entries.cogs.push({ ...fields, line: work.nextLine });
  work.nextLine += 1;
}

/** What a transfer brings to its second location stands on a line of its own, in searches only. */
function addTransferLine(work: Work, fields: Fields): number {
  const line = work.nextLine;
  work.nextLine += 1;
  work.entries.transferin.push({ ...fields, line, lineuniquekey: work.account.store.next('lineuniquekey') });
  return line;
}

function post(work: Work, item: RecordData, line: LineData, location: string, quantity: number): void {
  const { account, record, entries } = work;
  const ledger = ledgerOf(work, item);
  const [worth, adjustment] = value(work, ledger, line, location, quantity);
  const asset = assetAccount(account, item);
  const counter = counterAccount(account, record, item);
  const place = { item: item.id, location: location === '' ? null : location };
  const added =
    record.type === 'inventorytransfer' && quantity > 0
      ? addTransferLine(work, { ...place, quantity, amount: worth, memo: line.fields.memo ?? null })
      : undefined;
  const own = { ...place, line: added ?? line.fields.line ?? 0 };
  const isBill = record.type === 'vendorbill' || record.type === 'vendorcredit';
  const onLine = isBill || SALES.has(record.type) ? null : asset;
  entries.stockvalue.push({ ...entry(onLine, worth, own), quantity, value: add([worth, -adjustment]) });
  if (SALES.has(record.type) && worth !== 0) {
    addLine(work, entry(counter?.account ?? null, -worth, place));
    addLine(work, entry(asset, worth, place));
  } else if (counter?.on === 'line' && worth !== 0) addLine(work, entry(counter.account, -worth, place));
  else if (counter?.on === 'main') entries.stockvalue.push(entry(counter.account, -worth, { line: 0 }));
  if (adjustment === 0) return;
  addLine(work, entry(cogsAccount(account, item), adjustment, place));
  addLine(work, entry(asset, -adjustment, place));
}

const storedEntries = (account: Account, record: RecordData): Fields[] =>
  account.store.db
    .prepare<[string, number], string>(
      `SELECT data FROM line WHERE type = ? AND id = ? AND sublist = 'stockvalue' ORDER BY seq`,
    )
    .pluck()
    .all(record.type, Number(record.id))
    .map((data) => (JSON.parse(data) as { fields: Fields }).fields);

function reverse(work: Work, stored: Fields[]): void {
  for (const { item: id, location, quantity, value: worth } of stored) {
    const item = typeof id === 'string' ? findReference(work.account, 'item', id) : undefined;
    if (item) ledgerOf(work, item).reverse(String(location ?? ''), number(quantity), number(worth));
  }
}

function write(work: Work): void {
  const { account, record, entries } = work;
  account.store.db
    .prepare(`DELETE FROM line WHERE type = ? AND id = ? AND sublist IN ('cogs', 'stockvalue', 'transferin')`)
    .run(record.type, Number(record.id));
  const after = Math.max(0, ...Object.values(record.sublists).map((lines) => lines.length));
  entries.stockvalue.forEach((fields, seq) =>
    account.store.patchLine(record.type, record.id!, 'stockvalue', seq, { fields }),
  );
  entries.transferin.forEach((fields, seq) =>
    account.store.patchLine(record.type, record.id!, 'transferin', after + seq, { fields }),
  );
  entries.cogs.forEach((fields, seq) =>
    account.store.patchLine(record.type, record.id!, 'cogs', after + seq, { fields }),
  );
  for (const ledger of work.ledgers.values()) ledger.save();
  const worth = worthOf(record.type, entries.stockvalue);
  if (worth) account.store.patch(record.type, record.id!, worth);
}

const TOTALLED = new Set(['assemblybuild', 'assemblyunbuild', 'inventorytransfer']);

/** What the document shows of the value it moved: what came in, or the whole change of an adjustment. */
function worthOf(type: string, stockvalue: Fields[]): Fields | undefined {
  const values = stockvalue.filter(({ quantity }) => quantity !== undefined).map(({ value }) => number(value));
  if (type === 'inventoryadjustment') return { estimatedtotalvalue: add(values) };
  return TOTALLED.has(type) ? { total: add(values.filter((value) => value > 0)) } : undefined;
}

const startWork = (account: Account, record: RecordData): Work => ({
  account,
  record,
  ledgers: new Map(),
  entries: { stockvalue: [], cogs: [], transferin: [] },
  carried: 0,
  nextLine:
    1 +
    Math.max(0, ...Object.values(record.sublists).flatMap((lines) => lines.map(({ fields }) => number(fields.line)))),
});

const sameMovements = (stored: Fields[], moved: Fields[]): boolean => {
  const shape = (entries: Fields[]): string =>
    JSON.stringify(entries.map(({ item, location, quantity, basis }) => [item, location, quantity, basis]));
  return shape(stored.filter(({ quantity }) => quantity !== undefined)) === shape(moved);
};

/**
 * Values the goods that a document moves at moving averages, and keeps the ledger entries that follow: inventory asset against cost of goods sold,
 * goods received and not billed, or the adjustment's account. Runs before the quantities themselves move. A save that moves the same goods as before leaves
 * the entries as they are.
 */
export function valueStock(account: Account, record: RecordData): void {
  const stored = storedEntries(account, record);
  const work = startWork(account, record);
  const goods = goodsMoved(asStock(account, record)).flatMap(({ line, move }) => {
    const item = findReference(account, 'item', move.item);
    if (!item || !isStocked(kindOf(item))) return [];
    return [{ item, line, location: move.location, quantity: move.onHand, basis: costByDocument(work, line) ?? null }];
  });
  if (stored.length === 0 && goods.length === 0) return;
  // A build takes its components before it brings the assembly.
  if (record.type === 'assemblybuild') goods.sort((a, b) => a.quantity - b.quantity);
  const moved = goods.map(({ item, location, quantity, basis }) => ({
    item: item.id,
    location: location === '' ? null : location,
    quantity,
    basis,
  }));
  if (sameMovements(stored, moved)) return;
  reverse(work, stored);
  for (const { item, line, location, quantity, basis } of goods) {
    const at = work.entries.stockvalue.length;
    post(work, item, line, location, quantity);
    work.entries.stockvalue[at]!.basis = basis;
  }
  if (record.type === 'assemblyunbuild' && work.carried !== 0 && goods[0])
    addLine(work, entry(cogsAccount(account, goods[0].item), work.carried, { item: goods[0].item.id }));
  write(work);
}

/** What a document that is deleted did to the value of the stock is taken back. */
export function devalueStock(account: Account, record: RecordData): void {
  const work = startWork(account, record);
  reverse(work, storedEntries(account, record));
  for (const ledger of work.ledgers.values()) ledger.save();
}
