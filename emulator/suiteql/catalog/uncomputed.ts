import names from '../../data/uncomputed-fields.json';
import { fault, type FaultError } from '../../kernel/types';
import { ITEM_TYPES } from './item-types';

/**
 * Fields that an account works out itself, from other records or from use, and this emulator does not. Empty would be a made-up answer:
 * reading one throws by name, unless the record holds a value that was put there. By kind of record; docs/emulator-coverage.md lists them. With an asterisk:
 * no search knows it, and records show it all the same (records/figures.ts).
 */
const KINDS = new Map(
  Object.entries(names).map(([kind, names]) => [kind, new Set(names.replaceAll('*', '').split(' '))]),
);

const kindOf = (type: string): string =>
  type === 'lead' || type === 'prospect' ? 'customer' : type in ITEM_TYPES ? 'item' : type;

/** Whether reading this field of the type must not answer empty. `type` may be a group (`transaction`, `item`). */
export const isUncomputed = (type: string, name: string): boolean => KINDS.get(kindOf(type))?.has(name) === true;

export const uncomputed = (what: string): FaultError =>
  fault(
    'EMULATOR_UNSUPPORTED',
    `${what} is worked out by an account and not by this emulator; it can be read where the record was given a value.`,
  );

/** The value that was put there, or an error that names the field. `id` keeps SQLite from working the error out before any row. */
export const givenOr = (raw: string, type: string, name: string, id: string): string =>
  `COALESCE(${raw}, ora_uncomputed('${kindOf(type)}.${name}', ${id}))`;
