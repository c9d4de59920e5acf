import { problemSchema } from '../../relay/http/openapi/answer-schemas';
import type { HttpRelay } from './http-relay';

/** A Salesforce account as its API gives it. */
export const account = (id = '001D000000IRFmaIAH', more: object = {}) => ({
  attributes: { type: 'Account' },
  Id: id,
  Name: 'Müller & Söhne GmbH 😀',
  CurrencyIsoCode: 'EUR',
  ...more,
});
export const envelope = (...records: object[]) => ({ source: 'salesforce', object: 'Account', records });

let count = 0;
/** POST /v1/upserts with an Idempotency-Key of its own, unless one is given. */
export const sendUpserts = (
  relay: HttpRelay,
  json: unknown,
  headers: Record<string, string> = {},
  key?: string | null,
): Promise<Response> =>
  relay.call('/v1/upserts', {
    json,
    headers: { 'idempotency-key': `k-${(count += 1)}`, ...headers },
    ...(key === undefined ? {} : { key }),
  });

/** Expects an answer to be the problem of this status and code; answers its body. */
export async function expectProblem(response: Response, status: number, code: string) {
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status,
    type: expect.stringContaining('application/problem+json') as string,
  });
  const body = problemSchema.parse(await response.json());
  expect(body).toMatchObject({ code, status });
  return body;
}
