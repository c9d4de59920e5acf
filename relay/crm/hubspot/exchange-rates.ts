import type { CrmWrite, CrmWriteOutcome, FoundRecord } from '../../delivery/crm-adapter';
import type { HubSpotClient } from './hubspot-client';
import type { Outcomes } from './write-batches';

/** The portal's exchange rates are settings, not CRM records: they have addresses of their own. */
export const EXCHANGE_RATES = 'exchange_rates';
const PATH = '/settings/v3/currencies/exchange-rates';
const BATCH = 100;

interface Rate {
  id: string;
  fromCurrencyCode: string;
  effectiveAt: string;
  conversionRate: number;
}

/** Every rate by `EUR|2026-11-20`; a portal has a few dozen. */
export async function findExchangeRates(
  client: HubSpotClient,
  signal: AbortSignal,
): Promise<Map<string, FoundRecord[]>> {
  const found = new Map<string, FoundRecord[]>();
  let after: string | undefined;
  do {
    const { body } = await client.get(`${PATH}?limit=${BATCH}${after === undefined ? '' : `&after=${after}`}`, signal);
    const page = body as { results: Rate[]; paging?: { next?: { after: string } } };
    for (const rate of page.results) {
      const key = `${rate.fromCurrencyCode}|${rate.effectiveAt.slice(0, 10)}`.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), { id: rate.id, fields: { ...rate } }]);
    }
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return found;
}

/** Creates and updates rates; a day is written as its first instant. */
export async function writeExchangeRates(
  client: HubSpotClient,
  items: readonly CrmWrite[],
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const groups = [
    { path: `${PATH}/batch/update`, list: items.filter(({ crmId }) => crmId !== null), status: 'updated' as const },
    { path: `${PATH}/batch/create`, list: items.filter(({ crmId }) => crmId === null), status: 'created' as const },
  ];
  for (const { path, list, status } of groups) {
    for (let from = 0; from < list.length; from += BATCH) {
      const part = list.slice(from, from + BATCH);
      const inputs = part.map(({ crmId, fields }) => ({
        ...(crmId === null ? {} : { id: crmId }),
        ...inputOf(fields),
      }));
      const { body } = await client.post(path, { inputs }, signal);
      const { results } = body as { results: Rate[] };
      part.forEach((item, at) => outcomes.set(item.operationId, outcomeOf(item, results, at, status)));
    }
  }
  return outcomes;
}

const inputOf = (fields: CrmWrite['fields']): object =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name === 'effectiveAt' && typeof value === 'string' ? `${value.slice(0, 10)}T00:00:00Z` : value,
    ]),
  );

function outcomeOf(
  item: CrmWrite,
  results: readonly Rate[],
  at: number,
  status: 'created' | 'updated',
): CrmWriteOutcome {
  const row = item.crmId === null ? results[at] : results.find(({ id }) => id === item.crmId);
  return row
    ? { ok: true, crmId: row.id, status }
    : {
        ok: false,
        fault: { class: 'transient', code: 'NO_OUTCOME', message: 'HubSpot answered fewer rates than were sent.' },
      };
}
