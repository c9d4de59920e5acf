import { upsertAnswerSchema, type UpsertAnswer, type UpsertRequest } from '../../contract';
import type { RestletClient } from './restlet-client';
import type { CallFailure, RestletCall } from './types';

export type UpsertOutcome = { ms: number } & ({ ok: true; answer: UpsertAnswer } | { ok: false; failure: CallFailure });

/**
 * Sends one batch. An answer that is not ours counts as *unknown*: whatever stood behind that address may have written.
 * Never throws.
 */
export async function callUpsert(
  client: RestletClient,
  upsert: UpsertRequest,
  { answerMs, stillInTime }: Pick<RestletCall, 'answerMs' | 'stillInTime'>,
): Promise<UpsertOutcome> {
  const called = await client.call({
    script: 'customscript_srl_upsert',
    deploy: 'customdeploy_srl_upsert',
    method: 'POST',
    body: upsert,
    answerMs,
    stillInTime,
    traceparent: upsert.traceparent,
  });
  if (!called.ok) return called;
  const parsed = upsertAnswerSchema.safeParse(called.body);
  if (parsed.success) return { ok: true, answer: parsed.data, ms: called.ms };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    ms: called.ms,
    failure: {
      kind: 'unknown',
      class: 'configuration',
      code: 'ANSWER_NOT_UNDERSTOOD',
      message: `The upsert RESTlet answered in a form of its own (at ${issue?.path.join('.') || 'the top'}): deploy the scripts of this version`,
      status: 200,
      login: false,
    },
  };
}
