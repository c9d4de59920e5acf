/**
 * Hands out waiting changes page by page and takes acknowledged ones out of the outbox. Works behind any firewall: the relay calls.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import log from 'N/log';
import runtime from 'N/runtime';
import type { Acknowledged, ChangesPage } from '../../../../../contract/change-event';
import { acknowledgeSchema } from '../../../../../contract/changes-request';
import { answerRequests } from '../netsuite/answer-request';
import { settleEvent } from '../netsuite/outbox-port';
import { readBody } from '../netsuite/read-body';
import { flagParameter } from '../netsuite/script-meter';
import { startPublishing } from '../netsuite/start-publishing';
import { readPage } from '../netsuite/read-changes-page';

/** One more row, and the start of the publisher. */
const KEPT_UNITS = 40;

export function get(params: { after?: string; limit?: string }): ChangesPage {
  return readPage(params.after ?? '0', Number(params.limit ?? 500));
}

export function post(body: unknown): Acknowledged {
  const { acknowledge, answers = [], publish = false } = readBody(acknowledgeSchema, body);
  const script = runtime.getCurrentScript();
  answerRequests(answers);
  const keep = flagParameter('custscript_srl_keep_sent');
  let acknowledged = 0;
  const refusals: unknown[] = [];
  for (const id of acknowledge) {
    // What does not fit any more is asked again with the next page: an unacknowledged row stays.
    if (script.getRemainingUsage() < KEPT_UNITS) break;
    try {
      acknowledged += settleEvent(id, keep) ? 1 : 0;
    } catch (refusal) {
      // One row that an account's own script holds fast must not keep all behind it in the outbox.
      refusals.push(refusal);
      log.error({ title: `SuiteRelay: ${id} stays in the outbox`, details: refusal });
    }
  }
  // Not a single one: then it is no matter of a row, and whoever calls is to hear why.
  if (acknowledged === 0 && refusals.length > 0) throw refusals[0];
  return publish ? { acknowledged, publishing: startPublishing() } : { acknowledged };
}
