import type { CrmRecord } from '../../../demo/fake-crm/record-table';
import { toSfId18 } from '../../../flows/transforms/sf-id';
import type { Call } from '../../../demo/fake-crm/loopback-server';
import type { ControlRecord } from '../../../demo/control';
import type { OperationView } from '../../../demo/relay-client';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';
import { openBackOffice, type BackOffice } from '../../helpers/netsuite/back-office';

jest.setTimeout(240_000);

const PATIENCE_MS = 60_000;
const SALESFORCE = 'salesforce.create-missing-account';
const HUBSPOT = 'hubspot.create-missing-company';
/** As shipped, and by name: which CRM a customer belongs to is for the account to say where it has two. */
const gate = (startsWith: string): object[] => [
  { from: 'crmId', present: false },
  { from: 'stage', equals: 'CUSTOMER' },
  { from: 'person', equals: false },
  { from: 'inactive', equals: false },
  { from: 'name', startsWith },
];
const OVERLAY = JSON.stringify({
  flows: { [SALESFORCE]: { enabled: true, gate: gate('SF ') }, [HUBSPOT]: { enabled: true, gate: gate('HS ') } },
});

let stage: FlowStage;
let office: BackOffice;

beforeAll(async () => {
  stage = await startFlowStage(
    (config) => {
      config.flows.push({ overlay: 'missing.overlay.json' });
      config['delivery'] = {
        ...(config['delivery'] as object | undefined),
        retrySeconds: [...Array<number>(90).fill(1), 86_400],
      };
    },
    { 'missing.overlay.json': OVERLAY },
  );
  stage.crms.salesforce.add('User', { Id: '005000000000077AAA', Email: 'Romy.Reede@acme.example', IsActive: true });
  office = await openBackOffice(stage.controlUrl.replace(/\/_emulator\/?$/, ''), { entity: -5, role: 3 });
});
afterAll(() => stage?.close());

async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const admin = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(`${String(stage.relay().ready['url'])}/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stage.keys.admin}`,
      'content-type': 'application/json',
      'idempotency-key': `"${path}-${String(Date.now())}"`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};
const pull = (flow: string): Promise<void> => admin('admin/pull', { flow });
const customer = (companyname: string, more: object = {}): Promise<string> =>
  office.save({ type: 'customer', fields: { isperson: 'F', companyname, subsidiary: '1', ...more } });
const customers = (): Promise<ControlRecord[]> => stage.control.all('customer');
const customerOf = async (id: string): Promise<ControlRecord> => (await customers()).find((one) => one.id === id)!;
const accounts = (name: string): CrmRecord[] =>
  stage.crms.salesforce.table
    .all('Account')
    .map(([, record]) => record)
    .filter((record) => record['Name'] === name);
const companies = (name: string): { id: string; properties: Record<string, string> }[] =>
  stage.crms.hubspot.table
    .all('companies')
    .map(([, record]) => record as { id: string; properties: Record<string, string> })
    .filter(({ properties }) => properties['name'] === name);
const linkedTo = (id: string): Promise<ControlRecord> =>
  until(async () => {
    const found = await customerOf(id);
    return found.fields['custentity_srl_crm_id'] ? found : undefined;
  }, `customer ${id} to be linked`);

async function sendBack(source: 'salesforce' | 'hubspot', object: string, record: CrmRecord): Promise<OperationView> {
  const { requestId } = await stage.client().upsert(stage.keys[source], { source, object, records: [record] });
  return until(async () => {
    const { operations } = await stage.client().request(stage.keys[source], requestId);
    return operations.find(({ state }) => ['done', 'review', 'dead'].includes(state));
  }, `${object} sent back`);
}

const failureOf = (name: string): Promise<OperationView> =>
  until(
    async () =>
      (await stage.client().failures(stage.keys.admin, 100)).find(({ error }) => error?.message.includes(name)),
    `a failure about ${name}`,
  );

describe('F2: customers of NetSuite that the CRM lacks, where the switch is on', () => {
  it('an Account is made of one, with its parent and owner, and its own echo makes no second customer', async () => {
    const romy = await office.save({
      type: 'employee',
      fields: {
        firstname: 'Romy',
        lastname: 'Reede',
        email: 'romy.reede@acme.example',
        subsidiary: '1',
        issalesrep: true,
      },
    });
    const parent = await customer('SF Group AG', { phone: '030 1234567', url: 'https://group.example' });
    const child = await customer('SF Branch AG', { parent, salesrep: romy });
    const person = { isperson: 'T', firstname: 'SF', lastname: 'Alone', companyname: 'SF Alone', subsidiary: '1' };
    await office.save({ type: 'customer', fields: person });
    const before = (await customers()).length;
    await pull(SALESFORCE);
    const group = await linkedTo(parent);
    const [account] = accounts('SF Group AG');
    expect(group).toMatchObject({
      externalId: `SF_ACCT_${String(account!['Id']).toUpperCase()}`,
      fields: { custentity_srl_crm_id: account!['Id'], companyname: 'SF Group AG' },
    });
    expect(account).toMatchObject({ Phone: '030 1234567', NetSuite_Internal_ID__c: parent });
    await linkedTo(child);
    const branch = accounts('SF Branch AG')[0]!;
    expect(branch).toMatchObject({ ParentId: account!['Id'], OwnerId: '005000000000077AAA' });
    expect(accounts('SF Alone')).toEqual([]);

    const owner = { Owner: { Email: 'romy.reede@acme.example' } };
    expect(await sendBack('salesforce', 'Account', { ...branch, ...owner })).toMatchObject({ state: 'done' });
    expect(await sendBack('salesforce', 'Account', { ...account!, Phone: '040 7654321' })).toMatchObject({
      state: 'done',
      result: 'updated',
    });
    expect((await customerOf(parent)).fields).toMatchObject({ phone: '040 7654321', url: 'https://group.example' });
    expect((await customerOf(child)).fields).toMatchObject({ parent, salesrep: romy });
    await pull(SALESFORCE);
    expect(await customers()).toHaveLength(before);
    expect(accounts('SF Group AG')).toHaveLength(1);
  });

  it('a company is made of one whose external id is another application’s, and its figures follow', async () => {
    const id = await customer('HS Migrated Ltd', { externalid: 'ERP-77', url: 'https://migrated.example' });
    await pull(HUBSPOT);
    const linked = await linkedTo(id);
    const [company] = companies('HS Migrated Ltd');
    expect(linked).toMatchObject({ externalId: 'ERP-77', fields: { custentity_srl_crm_id: company!.id } });
    expect(company!.properties).toMatchObject({ website: 'https://migrated.example', netsuite_internal_id: id });
    await pull('hubspot.customer-to-company');
    await until(
      () => companies('HS Migrated Ltd')[0]!.properties['netsuite_customer_number'],
      'the customer number on the company',
    );
    const before = (await customers()).length;
    const echo = { ...company!, properties: { ...company!.properties, phone: '0301' } };
    expect(await sendBack('hubspot', 'companies', echo)).toMatchObject({ state: 'done', result: 'updated' });
    expect((await customerOf(id)).fields).toMatchObject({ phone: '0301' });
    expect(await customers()).toHaveLength(before);
  });

  it('the echo that is there before the link finds its customer by the id the CRM has stored', async () => {
    const id = await customer('XX Early Inc');
    const early = { Id: '001EARLY0000001AAA', Name: 'XX Early Inc', NetSuite_Internal_ID__c: id };
    const before = (await customers()).length;
    const record = { ...early, Id: toSfId18('001EARLY0000001') };
    expect(await sendBack('salesforce', 'Account', record)).toMatchObject({ state: 'done' });
    expect(await customerOf(id)).toMatchObject({ fields: { custentity_srl_crm_id: record.Id } });
    expect(await customers()).toHaveLength(before);
    // Another record that claims the same customer is a person's matter.
    const thief = { ...early, Id: toSfId18('001THIEF0000001'), Name: 'Copy of it' };
    expect(await sendBack('salesforce', 'Account', thief)).toMatchObject({ state: 'review' });
    expect(await customers()).toHaveLength(before);
  });

  it.each([
    {
      crm: 'salesforce' as const,
      flow: SALESFORCE,
      name: 'SF Killed Inc',
      isCreate: ({ method, path }: Call) => method === 'PATCH' && path.includes('NetSuite_Internal_ID__c'),
      count: () => accounts('SF Killed Inc').length,
    },
    {
      crm: 'hubspot' as const,
      flow: HUBSPOT,
      name: 'HS Killed Inc',
      isCreate: ({ path }: Call) => path.endsWith('/companies/batch/upsert'),
      count: () => companies('HS Killed Inc').length,
    },
  ])(
    '$crm: a relay that is killed between the creation and the link leaves one record, linked by the next one',
    async ({ crm, flow, name, isCreate, count }) => {
      const id = await customer(name);
      const relay = stage.relay();
      const gone = new Promise<void>((resolve) => relay.child.once('exit', () => resolve()));
      let killed = false;
      let armed = false;
      stage.crms[crm].intercept((call) => {
        if (!isCreate(call) || !call.text.includes(name)) return undefined;
        // Not while it reads: a relay that is killed then keeps the reading's turn for minutes.
        if (!armed) return { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'not yet' }] };
        if (!killed) {
          killed = true;
          relay.child.kill('SIGKILL');
          return { status: 0, cut: true };
        }
        return undefined;
      });
      await pull(flow);
      armed = true;
      await gone;
      await until(() => (count() === 1 ? true : undefined), 'the CRM to have it');
      expect((await customerOf(id)).fields['custentity_srl_crm_id'] ?? '').toBe('');
      await stage.startRelay();
      await linkedTo(id);
      expect(count()).toBe(1);
      stage.crms[crm].intercept(() => undefined);
    },
  );

  it('a CRM record of the same name is not doubled: a person names the right one, and the replay links it', async () => {
    const { salesforce } = stage.crms;
    salesforce.add('Account', { Id: '001000000000991AAA', Name: 'SF Known AG' });
    const id = await customer('SF Known AG');
    await pull(SALESFORCE);
    const failure = await failureOf('SF Known AG');
    expect(failure).toMatchObject({ state: 'dead', error: { code: 'POSSIBLE_DUPLICATE', class: 'conflict' } });
    expect(failure.error?.message).toContain('001000000000991AAA');
    expect(accounts('SF Known AG')).toHaveLength(1);
    salesforce.edit('Account', '001000000000991AAA', { NetSuite_Internal_ID__c: id });
    await admin(`failures/${failure.operationId}/replay`, {});
    expect((await linkedTo(id)).fields).toMatchObject({ custentity_srl_crm_id: '001000000000991AAA' });
    expect(accounts('SF Known AG')).toHaveLength(1);
  });
});
