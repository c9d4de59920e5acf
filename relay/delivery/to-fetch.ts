import { createHash } from 'node:crypto';
import type { Lane, NewOperation, ShadowWrite } from '../store/types';
import { inPool } from './pools';

/** A record that a notification named and that has to be read from the CRM. */
export interface RecordToFetch {
  /** CRM in the configuration. */
  crm: string;
  source: string;
  object: string;
  id: string;
  /** Keys of the notifications that asked for it: the same ones again add nothing. */
  notices: readonly string[];
  lane: Lane;
  /** The CRM says that the record is gone. */
  deleted: boolean;
  /** Id of the record it was merged into: it is gone too, and its values live on there. */
  mergedInto?: string;
  /** An integration or a workflow made the change, not a person. */
  byMachine?: boolean | undefined;
  /** Another record waits for it. */
  needed?: boolean;
}

/** Body of an operation in an `in:` pool. */
export interface FetchBody {
  fetch: { source: string; object: string; id: string; byMachine?: boolean; needed?: boolean };
}

/** Deletions and merges of what leaves nothing in NetSuite, such as cases, are nobody's matter: the reading just finds nothing. */
export function forKept(wanted: RecordToFetch, isKept: (object: string) => boolean): RecordToFetch {
  const { mergedInto: _mergedInto, ...plain } = wanted;
  return isKept(wanted.object) ? wanted : { ...plain, deleted: false };
}

/** A reading as operation: newer ones of the same record take the place of older ones that have not begun. */
export function fetchOperation(wanted: RecordToFetch): NewOperation {
  const { crm, source, object, id, lane, deleted, byMachine, needed } = wanted;
  const body: FetchBody = {
    fetch: { source, object, id, ...(byMachine ? { byMachine } : {}), ...(needed ? { needed } : {}) },
  };
  return {
    pool: inPool(crm),
    source,
    object,
    lane,
    recordType: object.toLowerCase(),
    action: 'update',
    externalId: `${object}_${id}`.toUpperCase(),
    crmId: id,
    body,
    full: true,
    coalesce: true,
    onFailure: 'release',
    dedupeKey: `notice|${digest([...wanted.notices].sort().join('\n'))}`,
    ...(deleted || wanted.mergedInto !== undefined ? { refused: goneFrom(wanted) } : {}),
  };
}

/** Nothing is deleted or merged in NetSuite by itself: books hang on its records. A person decides. */
function goneFrom({ object, id, mergedInto }: RecordToFetch): NonNullable<NewOperation['refused']> {
  if (mergedInto === undefined) {
    return {
      code: 'CRM_RECORD_DELETED',
      class: 'conflict',
      message: `${object} ${id} was deleted in the CRM.`,
      action: 'Decide what becomes of it in NetSuite (inactivate it there if so), then resolve this.',
    };
  }
  return {
    code: 'CRM_RECORD_MERGED',
    class: 'conflict',
    message: `${object} ${id} was merged into ${mergedInto} in the CRM; NetSuite still has a record for each.`,
    action: `Merge or inactivate the record of ${id} in NetSuite (its transactions go to the one of ${mergedInto}), then resolve this.`,
  };
}

/** Where the merge map lies among the store's shadows, in the pool of readings of its CRM. */
export const MERGED_SIDE = 'merged';
export const mergedKey = (object: string, id: string): string => `${object}|${id}`.toLowerCase();

/** Id of the record that is gone, without its case. */
export const idOfMerged = (key: string): string => key.slice(key.indexOf('|') + 1);

/** The merge map: which record of the CRM lives on in which, for as long as the store lives. */
export const mergeShadows = (fetches: readonly RecordToFetch[]): ShadowWrite[] =>
  fetches.flatMap(({ crm, object, id, mergedInto }) =>
    mergedInto === undefined
      ? []
      : [
          {
            pool: inPool(crm),
            side: MERGED_SIDE,
            key: mergedKey(object, id),
            projection: { into: mergedInto },
            hash: mergedInto,
          },
        ],
  );

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
