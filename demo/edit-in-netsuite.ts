import { setTimeout as sleep } from 'node:timers/promises';
import type { Fixtures } from '../test/fixtures';
import type { AccountView } from './check-records';
import type { Control } from './control';

/** Customers of each CRM whose credit limit somebody in finance sets. */
const EDITS_PER_CRM = 15;
const LOOK_MS = 500;

interface Edit {
  source: 'salesforce' | 'hubspot';
  object: string;
  crmId: string;
  field: string;
  wanted: number;
}

/** Sets credit limits in NetSuite, as a person in its user interface; what has the value already is not saved again. */
export async function editInNetSuite(control: Control, view: AccountView, fixtures: Fixtures): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const source of ['salesforce', 'hubspot'] as const) {
    const chosen = fixtures.accounts.filter((account) => account.source === source).slice(20, 20 + EDITS_PER_CRM);
    for (const [index, { object, crmId, expect }] of chosen.entries()) {
      const record = view.byExternalId.get(`customer|${expect.externalId}`);
      if (!record) continue;
      const wanted = 5000 + index * 250;
      if (Number(record.fields['creditlimit']) !== wanted) {
        const saved = await control.save({ type: 'customer', id: record.id, fields: { creditlimit: wanted } });
        if (!saved.saved) continue;
      }
      const field = source === 'salesforce' ? 'NetSuite_Credit_Limit__c' : 'netsuite_credit_limit';
      edits.push({ source, object, crmId, field, wanted });
    }
  }
  return edits;
}

/** Waits until the CRMs show the edits; answers how many of them do. */
export async function awaitInCrm(
  edits: readonly Edit[],
  urls: Readonly<Record<Edit['source'], string>>,
  patienceMs: number,
): Promise<number> {
  const open = new Set(edits);
  const until = Date.now() + patienceMs;
  while (open.size > 0 && Date.now() < until) {
    for (const edit of open) {
      const answer = await fetch(`${urls[edit.source]}/_fake/records/${edit.object}/${edit.crmId}`);
      if (!answer.ok) continue;
      const record = (await answer.json()) as Record<string, unknown> & { properties?: Record<string, unknown> };
      if (Number((record.properties ?? record)[edit.field]) === edit.wanted) open.delete(edit);
    }
    if (open.size > 0) await sleep(LOOK_MS);
  }
  return edits.length - open.size;
}
