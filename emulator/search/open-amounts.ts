import { decimalsOf, isForeign, primaryOf, rateOf } from './entity-currency';
import { extract } from './fields';

const own = (row: string, field: string): string => extract(`${row}.data`, field);

/** Documents of one type that an amount of an entity is added up from. */
export interface OpenDocuments {
  sign?: '-';
  type: string;
  /** The field that names the entity. */
  who: 'entity' | 'customer';
  /** SQL over the document `v`, or with `lines` over its lines `l`. */
  amount: string;
  lines?: true;
  where?: string;
}

/** An amount that is open with an entity: what its record was given, or saves keep on it in base currency, and the documents behind it. */
export interface OpenAmount {
  given: string;
  documents: OpenDocuments[];
  /** The documents count before what is stored: they go on by the day. */
  byDay?: true;
}

const from = ({ type, who, lines }: OpenDocuments, row: string): string =>
  `FROM record v ${lines ? `JOIN line l ON l.type = v.type AND l.id = v.id AND l.sublist IN ('item', 'expense') ` : ''}` +
  `WHERE v.type = '${type}' AND ${own('v', who)} = '' || ${row}.id`;

const sum = ({ documents }: OpenAmount, row: string, weigh: string): string =>
  `(${documents
    .map(
      (each) =>
        `${each.sign ?? ''}(SELECT COALESCE(SUM(${each.amount} * ${weigh}), 0) ${from(each, row)}${each.where ?? ''})`,
    )
    .join(' + ')})`;

/** Documents without lines add nothing, so asking for a line as well leaves out none that counts. */
const any = ({ documents }: OpenAmount, row: string): string =>
  `(${documents.map((each) => `EXISTS (SELECT 1 ${from(each, row)})`).join(' OR ')})`;

const RATE = `COALESCE(${own('v', 'exchangerate')}, 1)`;

/** In base currency, at the exchange rates of the documents (page bridgehead_N1400109). */
export function inBase(amount: OpenAmount, row: string): string {
  const given = own(row, amount.given);
  const added = `ora_round(${sum(amount, row, RATE)}, 2)`;
  const stored = amount.byDay
    ? `CASE WHEN ${any(amount, row)} THEN ${added} ELSE COALESCE(${given}, 0) END`
    : `COALESCE(${given}, ${added})`;
  const foreign = `CASE WHEN ${any(amount, row)} THEN ${added} ELSE ora_round(COALESCE(${given}, 0) * (${rateOf(row)}), 2) END`;
  return `CASE WHEN ${isForeign(row)} THEN ${foreign} ELSE ${stored} END`;
}

/**
 * In the primary currency of `holder` (pages section_N1398493, bridgehead_N1400109), which is the entity itself or one of its hierarchy: documents
 * in that currency count as they are, others by their own rate and today's.
 */
export function inCurrencyOf(amount: OpenAmount, row: string, holder = row): string {
  const same = `(${own('v', 'currency')} IS ${primaryOf(holder)})`;
  const as = sum(amount, row, `(CASE WHEN ${same} THEN 1 ELSE 0 END)`);
  const others = sum(amount, row, `(CASE WHEN ${same} THEN 0 ELSE ${RATE} END)`);
  const given = `COALESCE(${own(row, amount.given)}, 0)`;
  const rest = holder === row ? given : `${given} * 1.0 * (${rateOf(row)}) / (${rateOf(holder)})`;
  const plain = `NOT ${isForeign(row)}${holder === row ? '' : ` AND NOT ${isForeign(holder)}`}`;
  return (
    `CASE WHEN ${plain} THEN ${inBase(amount, row)} WHEN ${any(amount, row)} ` +
    `THEN ora_round(${as} + ${others} * 1.0 / (${rateOf(holder)}), ${decimalsOf(holder)}) ELSE ora_round(${rest}, ${decimalsOf(holder)}) END`
  );
}
