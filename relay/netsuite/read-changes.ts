import { acknowledgedSchema, changesPageSchema, type ChangesPage, type RequestAnswer } from '../../contract';
import { parseAnswer, type Outcome } from './parse-answer';
import type { RestletClient } from './restlet-client';
import type { RestletAnswer } from './types';

const CHANGES = { script: 'customscript_srl_changes', deploy: 'customdeploy_srl_changes', answerMs: 60_000 } as const;

/** One page of change events after a cursor. */
export async function readChanges(
  client: RestletClient,
  after: string | null,
  limit: number,
): Promise<Outcome<ChangesPage>> {
  const query = { limit: String(limit), ...(after === null ? {} : { after }) };
  const called = await client.call({ ...CHANGES, method: 'GET', query });
  return parseAnswer('changes', called, (body) => changesPageSchema.parse(body));
}

/** Tells NetSuite that these events are stored durably on our side. */
export async function acknowledgeChanges(client: RestletClient, eventIds: readonly string[]): Promise<Outcome<number>> {
  const called = await client.call({ ...CHANGES, method: 'POST', body: { acknowledge: eventIds } });
  return parseAnswer('changes', called, (body) => acknowledgedSchema.parse(body).acknowledged);
}

/** Tells NetSuite what became of requests that administrators made on failure records. */
export async function answerRequests(client: RestletClient, answers: readonly RequestAnswer[]): Promise<RestletAnswer> {
  return client.call({ ...CHANGES, method: 'POST', body: { acknowledge: [], answers } });
}
