import { createHash } from 'node:crypto';
import {
  RECONCILE_KEYS,
  reconcileAnswerSchema,
  reconcileText,
  type ReconcileAnswer,
  type ReconcileRequest,
  type ReconcileRow,
} from '../../contract';
import { parseAnswer, type Outcome } from './parse-answer';
import type { RestletClient } from './restlet-client';

const RECONCILE = {
  script: 'customscript_srl_reconcile',
  deploy: 'customdeploy_srl_reconcile',
  method: 'POST',
  answerMs: 120_000,
} as const;

type WithSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** NetSuite could not be asked what it holds. */
export class ReconcileFailed extends Error {
  readonly code: string;

  constructor(recordType: string, code: string, message: string) {
    super(`what NetSuite holds of ${recordType} can't be read (${code}): ${message}`);
    this.name = 'ReconcileFailed';
    this.code = code;
  }
}

/** Records of a type by their external ids, in upper case; those that NetSuite does not have are missing. One slot and 20 units a 500. */
export async function readRecordsByKey(
  { client, withSlot }: { client: RestletClient; withSlot: WithSlot },
  recordType: string,
  externalIds: readonly string[],
): Promise<Map<string, ReconcileRow>> {
  const found = new Map<string, ReconcileRow>();
  for (let from = 0; from < externalIds.length; from += RECONCILE_KEYS) {
    const part = externalIds.slice(from, from + RECONCILE_KEYS);
    const { rows } = await ask(client, withSlot, { recordType, externalIds: part });
    for (const row of rows) if (row.externalId !== null) found.set(row.externalId.toUpperCase(), row);
  }
  return found;
}

/** Records of a type last modified in a period, page by page. */
export async function* readRecordsOfPeriod(
  { client, withSlot }: { client: RestletClient; withSlot: WithSlot },
  recordType: string,
  period: { from: string; to: string },
): AsyncGenerator<readonly ReconcileRow[]> {
  let after: string | undefined;
  do {
    const more = after === undefined ? {} : { after };
    const page = await ask(client, withSlot, { recordType, ...period, ...more });
    yield page.rows;
    after = page.after;
  } while (after !== undefined);
}

async function ask(client: RestletClient, withSlot: WithSlot, body: ReconcileRequest): Promise<ReconcileAnswer> {
  const answer = await withSlot(async () =>
    checked(
      parseAnswer('reconcile', await client.call({ ...RECONCILE, body }), (read) => reconcileAnswerSchema.parse(read)),
    ),
  );
  if (!answer.ok) throw new ReconcileFailed(body.recordType, answer.failure.code, answer.failure.message);
  return answer.value;
}

/** A page whose rows do not give its hash lost some on the way: nothing may be concluded from it. */
function checked(answer: Outcome<ReconcileAnswer>): Outcome<ReconcileAnswer> {
  if (!answer.ok) return answer;
  const { count, hash, rows } = answer.value;
  const own = createHash('sha256').update(reconcileText(rows)).digest('hex');
  if (count === rows.length && own === hash.toLowerCase()) return answer;
  throw new ReconcileFailed(
    'a page',
    'CHECKSUM_MISMATCH',
    `${rows.length} of ${count} rows came, and their hash is another.`,
  );
}
