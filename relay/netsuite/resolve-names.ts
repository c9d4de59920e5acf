import { describeAnswerSchema, type DescribeAnswer, type NamedReference, type ResolvedName } from '../../contract';
import type { RestletClient } from './restlet-client';
import type { CallFailure } from './types';

const DESCRIBE = {
  script: 'customscript_srl_describe',
  deploy: 'customdeploy_srl_describe',
  answerMs: 60_000,
} as const;

/** Names of one call: they travel in the address, which should stay well below 8 KB. */
const STEP = 30;

/** What the account's scripts say of themselves and of who asks; null where they don't, or can't be asked. */
export async function describeAccount(client: RestletClient): Promise<DescribeAnswer | null> {
  const called = await client.call({ ...DESCRIBE, method: 'GET', query: { types: '' } });
  return called.ok ? (describeAnswerSchema.safeParse(called.body).data ?? null) : null;
}

/** Asks the account which of its records the names stand for. */
export async function resolveNames(
  client: RestletClient,
  names: readonly NamedReference[],
): Promise<{ ok: true; value: ResolvedName[] } | { ok: false; failure: CallFailure }> {
  const found: ResolvedName[] = [];
  for (let at = 0; at < names.length; at += STEP) {
    const asked = names.slice(at, at + STEP).map(({ recordType, by, value }) => ({ recordType, by, value }));
    const query = { types: '', names: JSON.stringify(asked) };
    const called = await client.call({ ...DESCRIBE, method: 'GET', query });
    if (!called.ok) return called;
    found.push(...(describeAnswerSchema.parse(called.body).names ?? []));
  }
  return { ok: true, value: found };
}
