import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlRecord } from '../../../demo/control';
import type { Call } from '../../../demo/fake-crm/loopback-server';
import { createSalesforceIds } from '../../fixtures/crm-ids';
import { startFlowStage, type FlowStage, type RelayFile } from '../../helpers/flow-stage';

/** Both CRMs tell of every change at once, NetSuite too: what a write leads to is seen within the second. */
const SECRET = 'client-secret-of-the-test';
/** Whose token the org gives. */
const OWN_USER = '005000000000001AAA';
const PATIENCE_MS = 60_000;
let stage: FlowStage;
let told: NodeJS.Timeout;
const newId = createSalesforceIds({ between: (from: number) => from } as never);
let ids = 810_000;

/** A CRM as its users and the writes to it show it. */
interface Crm {
  object: string;
  /** Fields of a user's own, and of the books. */
  phone: string;
  limit: string;
  add: (name: string) => string;
  edit: (id: string, values: Record<string, string>) => void;
  /** The newest edit was made by a workflow of the portal, or by a process of the org, which runs as the user whose write it answers. */
  byMachine: () => void;
  read: (id: string) => Record<string, unknown>;
  key: (id: string) => string;
  /** A customer to try each variant on, and one that follows behind. */
  subjects: Map<string, string>;
  other: string;
  /** Bodies of the calls that wrote to it. */
  writes: string[];
}
const crms: Record<'salesforce' | 'hubspot', Crm> = {
  salesforce: {
    object: 'Account',
    phone: 'Phone',
    limit: 'NetSuite_Credit_Limit__c',
    add: (name) => {
      const Id = newId('001');
      stage.crms.salesforce.add('Account', { Id, Name: `${name} ${Id} GmbH` });
      return Id;
    },
    edit: (id, values) => stage.crms.salesforce.edit('Account', id, values),
    byMachine: () => {
      const { payload } = stage.crms.salesforce.feed.events.at(-1)!;
      Object.assign(payload['ChangeEventHeader']!, { commitUser: OWN_USER });
    },
    read: (id) => stage.crms.salesforce.table.get('Account', id)!,
    key: (id) => `SF_ACCT_${id.toUpperCase()}`,
    subjects: new Map(),
    other: '',
    writes: [],
  },
  hubspot: {
    object: 'companies',
    phone: 'phone',
    limit: 'netsuite_credit_limit',
    add: (name) => {
      const id = String((ids += 1));
      stage.crms.hubspot.add('companies', { id, properties: { name: `${name} ${id} Ltd`, hs_object_id: id } });
      return id;
    },
    edit: (id, values) => stage.crms.hubspot.edit('companies', id, values),
    byMachine: () => {
      for (const event of stage.crms.hubspot.events.waiting) event['changeSource'] = 'AUTOMATION_PLATFORM';
    },
    read: (id) => stage.crms.hubspot.table.get('companies', id)!['properties'] as Record<string, unknown>,
    key: (id) => `HS_COMP_${id}`,
    subjects: new Map(),
    other: '',
    writes: [],
  },
};
const NAMES = ['salesforce', 'hubspot'] as const;

/** What is switched off, and how many writes more that may cost. */
const VARIANTS: readonly [string, Record<string, boolean>, number][] = [
  ['every guard on', {}, 0],
  ['the content shadow off', { content: false }, 1],
  ['the versions of the CRMs off', { version: false }, 1],
  ['the origin marks of the CRMs off', { origin: false }, 1],
  ['the count of crossings off', { hops: false }, 1],
];

beforeAll(async () => {
  stage = await startFlowStage((config) => {
    const sources = config['sources'] as { name: string; hubspot?: object }[];
    const hubspot = { clientSecrets: [SECRET], portalId: 62515, appId: 54321 };
    sources.find(({ name }) => name === 'hubspot')!.hubspot = hubspot;
    config['crm'] = (config['crm'] as { name: string }[]).map((crm) =>
      crm.name === 'salesforce' ? { ...crm, stream: true } : crm,
    );
    Object.assign(config.netsuite[0]!, { events: { mode: 'pull', everySeconds: 0.2 } });
  });
  const { salesforce, hubspot } = stage.crms;
  const note = (crm: Crm) => (call: Call) => {
    if (['PATCH', 'POST'].includes(call.method) && !/\/(read|search)$/.test(call.path)) crm.writes.push(call.text);
    return undefined;
  };
  salesforce.intercept(note(crms.salesforce));
  hubspot.intercept(note(crms.hubspot));
  await until('the change stream', () => salesforce.feed.subscribers > 0);
  told = setInterval(() => void tell(), 20);
  await Promise.all(
    Object.values(crms).map(async (crm) => {
      crm.other = await linked(crm, 'Other');
      const made = VARIANTS.map(async ([variant]) => crm.subjects.set(variant, await linked(crm, 'Subject')));
      await Promise.all(made);
      await comeToRest(crm);
    }),
  );
});
afterAll(async () => {
  clearInterval(told);
  while (telling) await sleep(20);
  await stage?.close();
});

/** What the portal's webhooks told, all of it. */
const events: Record<string, unknown>[] = [];
let telling = false;
async function tell(): Promise<void> {
  const { waiting } = stage.crms.hubspot.events;
  if (telling || waiting.length === 0) return;
  telling = true;
  events.push(...waiting);
  try {
    await stage.crms.hubspot.events.send(`${String(stage.relay().ready['url'])}/v1/hooks/hubspot`, SECRET);
  } finally {
    telling = false;
  }
}

async function until(what: string, look: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await look())) {
    if (Date.now() > end) {
      const failures = await stage.client().failures(stage.keys.admin, 20);
      throw new Error(`${what} did not come; in review: ${JSON.stringify(failures.map(({ error }) => error))}`);
    }
    await sleep(20);
  }
}

/** Switches guards in the running relay. */
async function setGuards(guards: Record<string, boolean>): Promise<void> {
  const config = JSON.parse(readFileSync(stage.config, 'utf8')) as RelayFile;
  writeFileSync(stage.config, JSON.stringify({ ...config, guards }));
  const reloads = (): number =>
    readFileSync(path.join(stage.data, 'relay.log'), 'utf8').split('configuration reloaded').length;
  const before = reloads();
  stage.relay().child.kill('SIGHUP');
  await until('the new configuration', () => reloads() > before);
}

const customerOf = async (crm: Crm, id: string): Promise<ControlRecord | undefined> =>
  (await stage.control.all('customer')).find(({ externalId }) => externalId === crm.key(id));
const holds = async (crm: Crm, id: string, field: string, value: string): Promise<boolean> =>
  String((await customerOf(crm, id))?.fields[field]) === value;

/** A person in the CRM edits the telephone number; answers once NetSuite has it. */
async function editInCrm(crm: Crm, id: string, phone: string): Promise<void> {
  crm.edit(id, { [crm.phone]: phone });
  await until(`${phone} in NetSuite`, () => holds(crm, id, 'phone', phone));
}
/** A person in NetSuite edits the credit limit; answers once the CRM shows it. */
async function editInNetSuite(crm: Crm, id: string, limit: number): Promise<void> {
  const customer = await customerOf(crm, id);
  await stage.control.save({ type: 'customer', id: customer?.id, fields: { creditlimit: limit } });
  await until(`${limit} in the CRM`, () => Number(crm.read(id)[crm.limit]) === limit);
}
/** A company that is a customer already. */
async function linked(crm: Crm, name: string): Promise<string> {
  const id = crm.add(name);
  await editInCrm(crm, id, '+1 555 0100');
  return id;
}

/**
 * Nothing that earlier edits led to is on its way any more: another record has gone all ways behind them, and the relay has nothing open.
 */
async function comeToRest(crm: Crm): Promise<void> {
  sentinel += 1;
  await editInNetSuite(crm, crm.other, sentinel);
  await editInCrm(crm, crm.other, `+1 555 ${1000 + sentinel}`);
  await editInNetSuite(crm, crm.other, 1000 + sentinel);
  await until('rest', async () => {
    const headers = { authorization: `Bearer ${stage.keys.admin}` };
    const answer = await fetch(`${String(stage.relay().ready['url'])}/v1/admin/overview`, { headers });
    const { byState } = (await answer.json()) as { byState: Record<string, number> };
    return ['queued', 'sending', 'retrying'].every((state) => (byState[state] ?? 0) === 0);
  });
}
let sentinel = 0;

/** Saves of the product in NetSuite, and writes of the books' field to the CRM, so far. */
async function countWrites(crm: Crm, id: string): Promise<{ netsuite: number; crm: number }> {
  const customer = await customerOf(crm, id);
  const saves = (await stage.control.writes()).filter(
    (one) => one.type === 'customer' && one.id === customer?.id && typeof one.scriptId === 'string',
  );
  return {
    netsuite: saves.length,
    crm: crm.writes.filter((body) => body.includes(id) && body.includes(crm.limit)).length,
  };
}

it.each(VARIANTS)(
  'P9, A12: with %s, edits of both sides right after our own writes all arrive, each by one write, and it comes to rest',
  async (variant, guards, extra) => {
    await setGuards(guards);
    const made = await Promise.all(
      NAMES.map(async (name) => {
        const crm = crms[name];
        const id = crm.subjects.get(variant)!;
        const before = await countWrites(crm, id);
        await editInCrm(crm, id, '+1 555 0101');
        await editInNetSuite(crm, id, 5000);
        await editInCrm(crm, id, '+1 555 0102');
        await editInNetSuite(crm, id, 6000);
        await comeToRest(crm);
        const after = await countWrites(crm, id);
        expect([Number(crm.read(id)[crm.limit]), crm.read(id)[crm.phone]]).toEqual([6000, '+1 555 0102']);
        expect((await customerOf(crm, id))?.fields).toMatchObject({ phone: '+1 555 0102', creditlimit: 6000 });
        return { name, toNetSuite: after.netsuite - before.netsuite - 2, toCrm: after.crm - before.crm - 2 };
      }),
    );
    for (const { toNetSuite, toCrm } of made) {
      expect([toNetSuite, toCrm].every((more) => more >= 0)).toBe(true);
      expect(Math.max(toNetSuite, toCrm)).toBeLessThanOrEqual(extra);
    }
  },
);

it('what the guards were tried on really came: the CRMs told of our own writes too', () => {
  const { feed } = stage.crms.salesforce;
  expect(feed.events.some(({ payload }) => JSON.stringify(payload).includes('client=suiterelay'))).toBe(true);
  expect(events.some(({ changeSource }) => changeSource === 'INTEGRATION')).toBe(true);
});

describe('P9: a circle of automations on both sides, whose every value is new', () => {
  beforeAll(() => setGuards({}));

  it.each(NAMES)('%s: ends before a person at the third crossing', async (name) => {
    const crm = crms[name];
    const id = await linked(crm, 'Circle');
    const failures = async () =>
      (await stage.client().failures(stage.keys.admin, 100)).filter(
        ({ error, crmId }) => error?.code === 'TOO_MANY_HOPS' && crmId === id,
      );
    let rounds = 0;
    while ((await failures()).length === 0 && rounds < 6) {
      rounds += 1;
      await editInNetSuite(crm, id, 100 + rounds);
      const phone = `+1 555 02${String(rounds).padStart(2, '0')}`;
      crm.edit(id, { [crm.phone]: phone });
      crm.byMachine();
      await until(
        'the answer or the review',
        async () => (await holds(crm, id, 'phone', phone)) || (await failures()).length > 0,
      );
    }
    expect(rounds).toBe(3);
  });
});
