import { HEAD_STATES, inList, S } from './states';

/**
 * How the indexes `op_one_head` and `op_behind` say which operations they hold. A query finds its record's operations by one of them only
 * if it says so in the same words.
 */
export const HEAD = `state IN ${inList(HEAD_STATES)}`;
export const BEHIND = `state IN ${inList([S.blocked, S.refused])}`;

/** The numbers of the live operations of some records. The condition on `rkey` is written twice, and so are its parameters. */
export const liveOf = (condition: string): string =>
  `(SELECT seq FROM op WHERE ${condition} AND ${HEAD} UNION ALL SELECT seq FROM op WHERE ${condition} AND ${BEHIND})`;
