import { Decimal } from 'decimal.js';
import { askRelay, type RelayTarget } from '../relay-api';
import type { OpenFailure, ReportedOperation, TotalDifference } from './types';

/** Most the API answers at once. */
const PAGE = '1000';

/** All operations that a query finds, page by page. */
export async function* readOperations(
  target: RelayTarget,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<ReportedOperation> {
  yield* pages<ReportedOperation>(target, '/v1/operations', query, 'operations');
}

async function* pages<T>(
  target: RelayTarget,
  path: string,
  query: Readonly<Record<string, string>>,
  member: 'operations' | 'failures',
): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const search: URLSearchParams = new URLSearchParams({
      ...query,
      limit: PAGE,
      ...(after === null ? {} : { after }),
    });
    const page: Record<string, unknown> = await askRelay(target, `${path}?${search.toString()}`);
    yield* page[member] as T[];
    after = page['next'] as string | null;
  } while (after !== null);
}

interface Payload {
  expectedTotal?: { amount: string };
  fields?: { currency?: { value?: unknown; text?: string; ref?: Record<string, unknown> } };
}

/** Failures that a query finds, with what each is worth where its record has a total. */
export async function readFailures(
  target: RelayTarget,
  query: Readonly<Record<string, string>>,
): Promise<OpenFailure[]> {
  const found: OpenFailure[] = [];
  for await (const failure of pages<OpenFailure>(target, '/v1/failures', query, 'failures')) {
    const detail = await askRelay<{ payload?: Payload }>(target, `/v1/failures/${failure.operationId}`);
    found.push({ ...failure, ...worthOf(detail.payload) });
  }
  return found;
}

function worthOf(payload: Payload | null | undefined): Pick<OpenFailure, 'amount' | 'currency'> {
  const amount = payload?.expectedTotal?.amount;
  const currency = currencyOf(payload);
  return { ...(amount === undefined ? {} : { amount }), ...(currency === undefined ? {} : { currency }) };
}

function currencyOf(payload: Payload | null | undefined): string | undefined {
  const field = payload?.fields?.currency;
  const named =
    field?.text ?? field?.value ?? Object.entries(field?.ref ?? {}).find(([name]) => name !== 'recordType')?.[1];
  return typeof named === 'string' ? named : undefined;
}

/** Orders among the operations whose total NetSuite made differently. Asks for each order once. */
export async function readTotalDifferences(
  target: RelayTarget,
  operations: readonly ReportedOperation[],
): Promise<TotalDifference[]> {
  const found: TotalDifference[] = [];
  for (const { operationId, externalId } of operations) {
    const { warnings } = await askRelay<{ warnings?: { code: string; from?: string; to?: string }[] }>(
      target,
      `/v1/operations/${operationId}`,
    );
    const warning = (warnings ?? []).find(({ code }) => code === 'TOTAL_DIFFERS');
    if (warning?.from === undefined || warning.to === undefined) continue;
    const { from: expected, to: actual } = warning;
    found.push({
      operationId,
      externalId,
      expected,
      actual,
      difference: new Decimal(actual).minus(expected).toFixed(),
    });
  }
  return found;
}
