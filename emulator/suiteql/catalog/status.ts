import { extract } from './column';

/** The stored status: `orderstatus` or `shipstatus` where the type has one, else `status` or `statusref` in whatever form it was stored. */
const raw = (row: string): string =>
  `COALESCE(${['orderstatus', 'shipstatus', 'statusref', 'status'].map((field) => extract(`${row}.data`, field)).join(', ')})`;

/** The letter of the status, as SQL over a row of transactions. */
export const statusLetterSql = (row: string): string => `ora_status(${row}.type, ${raw(row)})`;
export const statusLabelSql = (row: string): string => `ora_statuslabel(${row}.type, ${raw(row)})`;
export const statusRefSql = (row: string): string => `ora_statusref(${row}.type, ${raw(row)})`;
