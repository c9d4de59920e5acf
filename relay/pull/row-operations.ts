import { createHash } from 'node:crypto';
import { canonicalJson, type ReadRow } from '../../contract';
import { mapRow, MapProblemError, type Flow, type FlowSet, type MapProblem, type RowChange } from '../../flows';
import type { CrmWrite } from '../delivery/crm-adapter';
import type { CrmConfig } from '../config/schema-crm';
import { attemptsOf } from '../delivery/decide-settlement';
import { outPool } from '../delivery/pools';
import type { DeliveryBody } from '../delivery/write-to-crm';
import { countWrite } from '../screening/hops';
import type { Lane, NewOperation, ShadowWrite, Store } from '../store/types';

export interface RowOptions {
  store: Store;
  account: string;
  crm: readonly CrmConfig[];
  set: FlowSet;
  retrySeconds: readonly number[];
  now: () => number;
  lane: Lane;
  /** Write even what was written before: the CRM has lost it. */
  anew?: boolean;
}

export interface RowWork {
  operations: NewOperation[];
  shadows: ShadowWrite[];
  /** Rows that the CRM shows already, as far as the relay has written it. */
  unchanged: number;
}

/** CRMs that a flow writes to: by name, otherwise all of its kind. */
export function targetsOf(flow: Flow, crm: readonly CrmConfig[]): readonly CrmConfig[] {
  const named = crm.filter(({ name }) => name === flow.crm);
  return named.length > 0 ? named : crm.filter(({ kind }) => kind === flow.crm);
}

/** What a row's writes are known by in the pool of a CRM. */
export const deliveryKey = (flow: Pick<Flow, 'id'>, rowKey: string): string => `${flow.id}|${rowKey}`.toUpperCase();

/** What rows of a page are to become in the CRMs. A row whose content was sent before leads to nothing. */
export async function rowOperations(
  options: RowOptions,
  flows: readonly Flow[],
  rows: readonly ReadRow[],
): Promise<RowWork> {
  const work: RowWork = { operations: [], shadows: [], unchanged: 0 };
  for (const flow of flows) {
    for (const target of targetsOf(flow, options.crm)) {
      const made = await Promise.all(rows.map((row) => rowOperation(options, flow, target, row)));
      for (const one of made) {
        if (one === 'unchanged') work.unchanged += 1;
        else if (one !== null) {
          work.operations.push(one.operation);
          work.shadows.push(one.shadow, ...one.hops);
        }
      }
    }
  }
  return work;
}

async function rowOperation(
  options: RowOptions,
  flow: Flow,
  target: CrmConfig,
  row: ReadRow,
): Promise<{ operation: NewOperation; shadow: ShadowWrite; hops: ShadowWrite[] } | 'unchanged' | null> {
  const { account, set, store } = options;
  let change: RowChange | null = null;
  let problem: MapProblem | null = null;
  try {
    change = mapRow(flow, row, set.context);
    if (change === null) return null;
  } catch (error) {
    if (!(error instanceof MapProblemError)) throw error;
    problem = error.problem;
  }
  const rowKey = change?.rowKey ?? `row ${String(row['internalId'] ?? digest(row))}`;
  const shadow = { pool: account, side: `crm:${target.name}`, key: deliveryKey(flow, rowKey) };
  const content = change === null ? { problem: problem?.message } : contentOf(change);
  const hash = digest(content);
  const known = options.anew === true ? null : await store.getShadow(shadow.pool, shadow.side, shadow.key);
  if (known?.hash === hash) return 'unchanged';
  const operation = operationOf(options, flow, target, { rowKey, change, problem });
  const hops = await countedWrite(options, flow, change?.crmId ?? null);
  return { operation, shadow: { ...shadow, projection: content, hash }, hops };
}

/** Only what flows read from a CRM can come back to NetSuite. */
async function countedWrite(
  { store, account, set, now }: RowOptions,
  { crm, object }: Flow,
  crmId: string | null,
): Promise<ShadowWrite[]> {
  if (crmId === null || set.flowsFor(crm, object).length === 0) return [];
  return [await countWrite(store, { account, crm, object, crmId, nowMs: now() })];
}

const contentOf = ({ crmId, matches, content, associate }: RowChange): Record<string, unknown> => ({
  crmId,
  matches,
  content,
  associate,
});

const digest = (value: object): string =>
  createHash('sha256')
    .update(canonicalJson(value as Parameters<typeof canonicalJson>[0]))
    .digest('hex');

function operationOf(
  options: RowOptions,
  flow: Flow,
  target: CrmConfig,
  { rowKey, change, problem }: { rowKey: string; change: RowChange | null; problem: MapProblem | null },
): NewOperation {
  const { lane, retrySeconds } = options;
  const body: DeliveryBody = {
    deliver: {
      object: flow.object,
      match: change?.matches[0] ?? null,
      fields: change?.fields ?? {},
      ...(flow.create ? { create: true } : {}),
      ...(change && change.matches.length > 1 ? { alternatives: change.matches.slice(1) } : {}),
      ...(change && Object.keys(change.onCreate).length > 0 ? { onCreate: change.onCreate } : {}),
      ...(change && change.candidates.length > 0 ? { candidates: change.candidates } : {}),
      ...(change && change.lookups.length > 0 ? { lookups: change.lookups } : {}),
      ...(change && change.associate.length > 0 ? { associate: change.associate } : {}),
      ...verified(flow),
      ...openChoices(flow),
    },
    ...(change ? linkOf(options, flow, change) : {}),
  };
  return {
    pool: outPool(target.name),
    source: 'netsuite',
    object: flow.object,
    flow: flow.id,
    lane,
    recordType: flow.recordType,
    action: 'update',
    externalId: deliveryKey(flow, rowKey),
    crmId: change?.crmId ?? undefined,
    body,
    // The newest reading of a row is all that counts.
    full: true,
    coalesce: true,
    onFailure: 'release',
    maxAttempts: flow.attempts ?? attemptsOf(retrySeconds),
    ...(problem ? { refused: refusalOf(problem) } : {}),
  };
}

/** What links the two records once the CRM has created its own. */
function linkOf({ account, set }: RowOptions, flow: Flow, { linkBack }: RowChange): Pick<DeliveryBody, 'link'> {
  if (flow.linkBack === undefined || linkBack === null) return {};
  const suffix = set.context.settings['externalIdSuffix'];
  const link = { account, recordType: flow.recordType, internalId: linkBack, prefix: flow.linkBack };
  return { link: typeof suffix === 'string' ? { ...link, suffix } : link };
}

/** Fields whose arrival is read back, because a CRM may drop what it does not like without a word. */
function verified(flow: Flow): { verify?: string[] } {
  const names = flow.fields.filter(({ verify }) => verify === true).map(({ to }) => to);
  return names.length > 0 ? { verify: names } : {};
}

/** Fields whose unknown values become options of the CRM's property. */
function openChoices(flow: Flow): Pick<CrmWrite, 'createOptions'> {
  const names = flow.fields
    .filter(({ transform = [] }) =>
      [transform].flat().some((use) => typeof use === 'object' && use['unknown'] === 'createOption'),
    )
    .map(({ to }) => to);
  return names.length > 0 ? { createOptions: names } : {};
}

const refusalOf = ({
  code,
  class: errorClass,
  message,
  field,
  remedy,
}: MapProblem): NonNullable<NewOperation['refused']> => ({
  code,
  class: errorClass,
  message,
  field,
  action: remedy,
});
