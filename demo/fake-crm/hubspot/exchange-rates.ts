import type { Answer, Call } from '../loopback-server';
import type { CrmRecord, RecordTable } from '../record-table';
import { problem } from './access';
import { unknownPath } from './object-rows';

/** Where a portal keeps its exchange rates. */
export const EXCHANGE_RATES = '/settings/v3/currencies/exchange-rates';
const MOST = 100;
const DECIMALS = 6;

interface Input {
  id?: string;
  fromCurrencyCode?: string;
  conversionRate?: number;
  effectiveAt?: string;
}

/** A portal's exchange rates: settings with addresses of their own, listed page by page, created and updated in batches. */
export function answerExchangeRates(
  { table, newId, now }: { table: RecordTable; newId: () => string; now: () => string },
  { method, path, query, body }: Call,
): Answer {
  const rates = table.all('exchange_rates');
  if (method === 'GET' && path === EXCHANGE_RATES) {
    const limit = Number(query.get('limit') ?? MOST);
    const from = Number(query.get('after') ?? 0);
    const more = from + limit < rates.length ? { paging: { next: { after: String(from + limit) } } } : {};
    return { status: 200, body: { results: rates.slice(from, from + limit).map(([, rate]) => rate), ...more } };
  }
  const step = /\/batch\/(create|update)$/.exec(path)?.[1];
  if (method !== 'POST' || step === undefined) return unknownPath();
  const { inputs = [] } = body as { inputs?: Input[] };
  const refused = inputs.length > MOST ? `The maximum number of inputs is ${MOST}` : inputs.map(wrong).find(Boolean);
  if (refused) return problem(400, 'VALIDATION_ERROR', refused);
  const results = inputs.flatMap((input): CrmRecord[] => {
    const known = step === 'update' ? table.get('exchange_rates', input.id ?? '') : undefined;
    if (step === 'update' && !known) return [];
    const id = known ? String(known['id']) : newId();
    const effectiveAt = new Date(
      input.effectiveAt ?? (known?.['effectiveAt'] as string | undefined) ?? now(),
    ).toISOString();
    const rate = { toCurrencyCode: 'USD', visibleInUI: true, ...known, ...input, id, effectiveAt, updatedAt: now() };
    table.put('exchange_rates', id, rate);
    return [rate];
  });
  return { status: step === 'create' ? 201 : 200, body: { status: 'COMPLETE', results } };
}

function wrong({ id, fromCurrencyCode, conversionRate }: Input): string | null {
  if (id === undefined && !/^[A-Z]{3}$/.test(fromCurrencyCode ?? '')) return 'fromCurrencyCode is not a currency code';
  if (conversionRate === undefined || conversionRate <= 0) return 'conversionRate must be greater than 0';
  return (String(conversionRate).split('.')[1]?.length ?? 0) > DECIMALS
    ? `conversionRate takes up to ${DECIMALS} decimals`
    : null;
}
