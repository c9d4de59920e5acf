import { groupOf } from '../../../../../contract/glossary';

/** Units of the calls we make, by record class (Oracle page section_157072844224). */
export interface ClassPrices {
  load: number;
  create: number;
  save: number;
  submit: number;
  remove: number;
}

const TRANSACTION: ClassPrices = { load: 10, create: 10, save: 20, submit: 10, remove: 20 };
const CUSTOM: ClassPrices = { load: 2, create: 2, save: 4, submit: 2, remove: 4 };
const OTHER: ClassPrices = { load: 5, create: 5, save: 10, submit: 5, remove: 10 };

/** N/query and ResultSet.getRange (section_157960542026, section_157072844224). */
export const QUERY_UNITS = 10;
/** N/search lookupFields. */
export const LOOKUP_UNITS = 1;
/** One row of our own custom records: create 2, save 4. */
export const ROW_UNITS = CUSTOM.create + CUSTOM.save;
/** Load, change, save again after `RCRD_HAS_BEEN_CHANGED`: at most this often. */
export const CONFLICT_ATTEMPTS = 3;

export function pricesOf(recordType: string): ClassPrices {
  if (recordType.startsWith('customrecord')) return CUSTOM;
  if (recordType.startsWith('customtransaction') || recordType.startsWith('customsale')) return TRANSACTION;
  return groupOf(recordType) === 'transaction' ? TRANSACTION : OTHER;
}

/** N/file: `file.load` and `File.save`; a new folder is a record of its own. */
const FILE = { load: 10, save: 20, attach: 10, folder: QUERY_UNITS + OTHER.create + OTHER.save } as const;

/** How an operation reaches its record. */
export type Path = 'create' | 'inline' | 'update' | 'delete' | 'transform' | 'none';

export interface Price {
  /** What it costs when nothing goes wrong. */
  expected: number;
  /** What it can cost at most: conflict retries, a duplicate found late, its failure row. */
  worst: number;
}

export interface PriceExtras {
  /** The stamp goes to a ledger row. */
  ledger?: boolean;
  /** Values are looked up right before the write. */
  lookup?: boolean;
  /** The customer is loaded first, and perhaps given a currency. */
  customer?: boolean;
}

/** A file that is saved and attached to so many records. One that is there already is looked at first, otherwise its folder is found. */
export function priceOfFile(attachments: number): Price {
  const expected = FILE.load + FILE.save + attachments * FILE.attach + ROW_UNITS;
  return { expected, worst: expected + FILE.folder + ROW_UNITS };
}

/** Prices an operation before it starts. */
export function priceOf(recordType: string, path: Path, extras: PriceExtras = {}): Price {
  const unit = pricesOf(recordType);
  const ledger = extras.ledger === true ? ROW_UNITS : 0;
  const lookup = extras.lookup === true ? LOOKUP_UNITS : 0;
  const update = unit.load + unit.save;
  // After a save that ended with an error, a look at what became of it.
  const retried = CONFLICT_ATTEMPTS * update + LOOKUP_UNITS;
  const customer = extras.customer === true ? OTHER.load + OTHER.save : 0;
  const failureRow = ROW_UNITS;
  switch (path) {
    case 'none':
      return { expected: 0, worst: failureRow };
    case 'inline':
      return {
        expected: unit.submit + lookup + ledger,
        worst: unit.submit + LOOKUP_UNITS + lookup + ledger + failureRow,
      };
    case 'update':
      return { expected: update + ledger, worst: retried + ledger + failureRow };
    case 'create':
    case 'transform':
      return {
        expected: unit.create + unit.save + ledger + customer,
        worst: unit.create + unit.save + QUERY_UNITS + retried + ledger + customer + failureRow,
      };
    case 'delete':
      return { expected: unit.remove + ROW_UNITS, worst: unit.remove + ROW_UNITS + failureRow };
  }
}
