import { hashOf } from '../../flows/conflict/knowledge';
import { fetchOperation } from '../delivery/to-fetch';
import type { NewOperation, Store } from '../store/types';
import type { RecordInContext } from './write-context';

/** A case or ticket that shows the context of a customer. */
interface Watched {
  crm: string;
  source: string;
  object: string;
  id: string;
  at: number;
}

const SIDE = 'context';
/** Records of a customer that are kept up to date, and for how long after they were last touched, in ms. */
const MOST = 20;
const WATCHED_MS = 30 * 86_400_000;

const read = (projection: Readonly<Record<string, unknown>> | undefined): Watched[] =>
  Array.isArray(projection?.['records']) ? (projection['records'] as Watched[]) : [];

/** Remembers that a record shows what is known of a customer, so that a change there can be shown too. */
export async function rememberRecord(
  store: Pick<Store, 'getShadow' | 'putShadows'>,
  { account, crm, source, object, id, customer }: RecordInContext & { customer: string },
  nowMs: number,
): Promise<void> {
  const before = read((await store.getShadow(account, SIDE, customer))?.projection);
  const others = before.filter((one) => one.id !== id || one.object !== object || one.crm !== crm);
  const recent = others.filter(({ at }) => nowMs - at < WATCHED_MS);
  const projection = { records: [{ crm, source, object, id, at: nowMs }, ...recent].slice(0, MOST) };
  await store.putShadows([{ pool: account, side: SIDE, key: customer, projection, hash: hashOf(projection) }]);
}

/** Readings of the records that show these customers, whose orders, shipments or balances have changed. */
export async function recordsToRefresh(
  store: Pick<Store, 'getShadows'>,
  account: string,
  customers: readonly string[],
  nowMs: number,
): Promise<NewOperation[]> {
  if (customers.length === 0) return [];
  const rows = await store.getShadows(
    account,
    customers.map((key) => ({ side: SIDE, key })),
  );
  return rows.flatMap(({ projection }) =>
    read(projection)
      .filter(({ at }) => nowMs - at < WATCHED_MS)
      .map(({ crm, source, object, id }) =>
        fetchOperation({
          crm,
          source,
          object,
          id,
          notices: [`context|${id}|${nowMs}`],
          lane: 'realtime',
          deleted: false,
        }),
      ),
  );
}
