import type { RecordData } from '../kernel/types';

/** Figures that other records' writes move without a new version of this one: what is stored counts, not what was loaded earlier. */
const FIGURES = [
  'quantityonhand',
  'quantityavailable',
  'quantitycommitted',
  'quantitybackordered',
  'quantityonorder',
  'lastquantityavailablechange',
];
const BODY = [
  ...FIGURES,
  'averagecost',
  'totalvalue',
  'balance',
  'overduebalance',
  'unbilledorders',
  'depositbalance',
  'consolbalance',
  'consoldaysoverdue',
  'consoldepositbalance',
  'consoloverduebalance',
  'consolunbilledorders',
  'depositedby',
  'amountpaid',
  'amountremaining',
];
const BY_LOCATION = [...FIGURES, 'averagecostmli', 'onhandvaluemli'];

const locationOf = (fields: RecordData['fields']): string => String(fields.location ?? fields.locationid ?? '');

function take(target: RecordData['fields'], source: RecordData['fields'], names: string[]): void {
  for (const name of names) {
    if (source[name] === undefined) delete target[name];
    else target[name] = source[name];
  }
}

/** Scripts can't set these figures, and a save must not bring back the ones of its load. */
export function keepDerived(record: RecordData, current: RecordData | undefined): void {
  if (!current) return;
  take(record.fields, current.fields, BODY);
  const stock = new Map((current.sublists.locations ?? []).map((line) => [locationOf(line.fields), line.fields]));
  for (const { fields } of record.sublists.locations ?? [])
    take(fields, stock.get(locationOf(fields)) ?? {}, BY_LOCATION);
}
