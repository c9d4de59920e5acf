import type { Account } from '../kernel/types';

/** What payments and credits have settled of a document, by its id. */
export type Settled = (id: string) => number;

/** Asked once for all rows of a seed, and only where a row needs it. */
export function settledBySeeds(account: Account): Settled {
  let sums: Map<string, number> | undefined;
  return (id) => {
    sums ??= readSums(account);
    return sums.get(id) ?? 0;
  };
}

function readSums({ store }: Account): Map<string, number> {
  const rows = store.db
    .prepare(
      `SELECT json_extract(data, '$.fields.doc') AS doc, SUM(json_extract(data, '$.fields.amount') + COALESCE(json_extract(data, '$.fields.disc'), 0)) AS sum FROM line
       WHERE type IN ('customerpayment', 'creditmemo', 'depositapplication', 'vendorpayment', 'vendorcredit') AND sublist = 'apply'
         AND json_extract(data, '$.fields.apply') IN (1, 'T') GROUP BY 1`,
    )
    .all() as { doc: string | number; sum: number }[];
  return new Map(rows.map(({ doc, sum }) => [String(doc), sum]));
}
