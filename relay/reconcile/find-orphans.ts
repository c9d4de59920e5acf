import type { Flow } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { askPage, type PullContext } from '../pull/read-once';
import type { Drift } from './report';

/** Ids of one look at a CRM, and of one call of the page. */
const LOOK = 100;
const IDS = 40;

/**
 * Copies in the CRM of records that NetSuite no longer has: an invoice that was deleted there. Looked for among what changed in the CRM
 * since a moment, for flows that create their records by the NetSuite id. They are listed, never deleted.
 */
export async function findOrphans(
  context: PullContext,
  adapter: CrmAdapter,
  flow: Flow,
  options: { since: string; seen: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<Drift[]> {
  const field = flow.match.find(({ from }) => from === 'internalId')?.field;
  if (!flow.create || !flow.source || field === undefined || !adapter.readChanges || !adapter.findRecords) return [];
  const crmIdOf = new Map<string, string>();
  for await (const page of adapter.readChanges(flow.object, options.since, signal)) {
    const ids = page.filter(({ deleted }) => !deleted).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += LOOK) {
      const part = ids.slice(from, from + LOOK);
      const idField = adapter.kind === 'salesforce' ? 'Id' : 'id';
      const found = await adapter.findRecords(flow.object, idField, part, [field], signal);
      for (const [record] of found.values()) {
        const internalId = record?.fields[field];
        if (typeof internalId === 'string' && /^\d+$/.test(internalId) && !options.seen.has(internalId))
          crmIdOf.set(internalId, record!.id);
      }
    }
  }
  const orphans = await withoutRecord(context, flow.source.page, [...crmIdOf.keys()]);
  return orphans.map((internalId) => ({
    kind: 'missingInNetSuite',
    flow: flow.id,
    crm: adapter.name,
    object: flow.object,
    rowKey: internalId,
    crmId: crmIdOf.get(internalId) ?? null,
    internalId,
  }));
}

type Page = NonNullable<Flow['source']>['page'];

async function withoutRecord(context: PullContext, page: Page, ids: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    const there = new Set<string>();
    let after: string | undefined;
    do {
      const read = await askPage(context, { page, ids: part, after });
      for (const row of read.rows) there.add(String(row['internalId']));
      after = read.after;
    } while (after !== undefined);
    gone.push(...part.filter((id) => !there.has(id)));
  }
  return gone;
}
