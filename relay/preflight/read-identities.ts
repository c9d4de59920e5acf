import { readPageSchema, type ReadRow } from '../../contract';
import type { RestletClient } from '../netsuite';
import { identityOf } from './identity';
import type { NetSuiteSide } from './propose-links';

const ANSWER_MS = 120_000;

export class NetSuiteUnreadable extends Error {}

/** All customers, or all contacts, by what they are recognised. Throws `NetSuiteUnreadable`. */
export async function readIdentities(
  client: RestletClient,
  name: 'identities' | 'contactIdentities',
): Promise<NetSuiteSide[]> {
  const found: NetSuiteSide[] = [];
  let after: string | undefined;
  do {
    const answer = await client.call({
      script: 'customscript_srl_read',
      deploy: 'customdeploy_srl_read',
      method: 'GET',
      query: { page: name, ...(after === undefined ? {} : { after }) },
      answerMs: ANSWER_MS,
    });
    if (!answer.ok) throw new NetSuiteUnreadable(`${answer.failure.code}: ${answer.failure.message}`);
    const page = readPageSchema.parse(answer.body);
    found.push(...page.rows.map(toSide));
    after = page.after;
  } while (after !== undefined);
  return found;
}

function toSide(row: ReadRow): NetSuiteSide {
  const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
  const person = [text('firstName'), text('lastName')].filter(Boolean).join(' ');
  const name = text('name') ?? person;
  return {
    internalId: String(row['internalId']),
    externalId: text('externalId'),
    crmId: text('crmId'),
    ...(row['company'] === undefined ? {} : { company: text('company') ?? '' }),
    label: name === '' ? (text('number') ?? '') : name,
    ...identityOf({ name, email: row['email'], url: row['url'], phone: row['phone'] }),
  };
}
