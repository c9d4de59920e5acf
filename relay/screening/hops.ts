import type { Shadow, ShadowWrite, Store } from '../store/types';
import { hopKey, SIDES } from './screening';

/**
 * How often a change has gone round. Our write to a CRM's record says at which count a reaction to it comes back (`hop`); the reaction,
 * once it is sent on, says at which count NetSuite's answer to it leaves again (`crossed`). Both count for a while only: what comes hours
 * later is no reaction, and edits of a day must not add up to a circle.
 */
interface Hops {
  hop?: number;
  at?: number;
  crossed?: number;
  crossedAt?: number;
}
type Row = Pick<Shadow, 'projection'> | null | undefined;

/** As long as a machine takes to react at most: three times the five minutes in which a page is read, in ms. */
const REACTION_MS = 15 * 60_000;

const readHops = (row: Row): Hops => row?.projection ?? {};

/** The count at which a change that a machine made arrives. */
export function hopOfReaction(row: Row, nowMs: number): number {
  const { hop = 0, at = 0 } = readHops(row);
  return nowMs - at > REACTION_MS ? 0 : hop;
}

/** What is known after a reaction was sent on to NetSuite at this count. */
export const afterCrossing = (row: Row, hop: number, nowMs: number): Hops => ({
  ...readHops(row),
  crossed: hop,
  crossedAt: nowMs,
});

export interface WriteToCount {
  account: string;
  crm: string;
  object: string;
  crmId: string;
  nowMs: number;
}

/** What is known once a record of a CRM is written to: a reaction to it arrives one count higher than what the write answers to. */
export async function countWrite(store: Pick<Store, 'getShadow'>, write: WriteToCount): Promise<ShadowWrite> {
  const { account, crm, object, crmId, nowMs } = write;
  const key = hopKey(crm, object, crmId);
  const known = readHops(await store.getShadow(account, SIDES.hop, key));
  const answered = nowMs - (known.crossedAt ?? 0) <= REACTION_MS ? (known.crossed ?? 0) : 0;
  return hopShadow(account, key, { ...known, hop: answered + 1, at: nowMs });
}

export const hopShadow = (pool: string, key: string, hops: Hops): ShadowWrite => ({
  pool,
  side: SIDES.hop,
  key,
  projection: { ...hops },
  hash: JSON.stringify(hops),
});
