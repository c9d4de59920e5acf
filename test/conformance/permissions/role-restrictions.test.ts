import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** A RESTlet that does what it is asked and answers what came, or the error's name and message. */
const PROBE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query'], (record, search, query) => ({
  post: ({ act, type, id }) => {
    const acts = {
      create: () => record.create({ type }).setValue('name', 'mine').save(),
      load: () => record.load({ type, id }).id,
      submit: () => record.submitFields({ type, id, values: type === 'customer' ? { comments: 'changed' } : { name: 'changed' } }),
      order: () => record.transform({ fromType: type, fromId: id, toType: 'salesorder' }).getValue('entity'),
      global: () => search.global({ keywords: 'cu: ' + id }).map((row) => row.getValue('name')),
      search: () => search.create({ type }).run().getRange({ start: 0, end: 9 }).map((row) => row.id),
      sql: () => query.runSuiteQL({ query: 'SELECT id FROM ' + type + ' ORDER BY id' }).asMappedResults().map((row) => String(row.id)),
    };
    try { return { ok: acts[act]() } } catch (e) { return { name: e.name, message: e.message } }
  },
}));`;
const RESTLET = 'customscript_probe';

const role = (id: string, more: string, permissions = ''): string =>
  `<role scriptid="customrole_${id}"><name>${id}</name><centertype>BASIC</centertype>${more}<permissions>${[
    'ADMI_LOGIN_OAUTH2',
    'REPO_ANALYTICS',
    'LIST_FIND',
    'LIST_CUSTJOB',
    'TRAN_SALESORD',
  ]
    .map(
      (key) =>
        `<permission><permkey>${key}</permkey><permlevel>${key === 'REPO_ANALYTICS' ? 'EDIT' : 'FULL'}</permlevel></permission>`,
    )
    .join('')}${permissions}</permissions></role>`;
const CUSTOM = 'customrecord_case';

let box: BlackBox;
let [ann, ben, cid]: string[] = [];
beforeAll(async () => {
  box = await openBlackBox();
  const objects = [
    `<customrecordtype scriptid="${CUSTOM}"><recordname>Case</recordname><accesstype>CUSTRECORDENTRYPERM</accesstype></customrecordtype>`,
    role(
      'own',
      '',
      `<permission><permkey>[scriptid=${CUSTOM}]</permkey><permlevel>FULL</permlevel><restriction>VIEWANDEDIT</restriction></permission>`,
    ),
    role('reps', '<employeerestriction>OWNONLY</employeerestriction>'),
    role('openreps', '<employeerestriction>UNASSIGNED</employeerestriction>'),
    role(
      'lookers',
      '<employeerestriction>OWNONLY</employeerestriction><employeeviewingallowed>T</employeeviewingallowed>',
    ),
    role('soap', '<iswebserviceonlyrole>T</iswebserviceonlyrole>'),
    role('gone', '<isinactive>T</isinactive>'),
    role('blind', '').replace('LIST_FIND', 'LIST_CONTACT'),
    role('local', '<subsidiaryoption>OWN</subsidiaryoption>'),
  ];
  await box.control(
    'POST',
    'objects',
    objects.map((xml) => ({ xml })),
  );
  await box.control('POST', 'scripts', [
    { scriptId: RESTLET, type: 'restlet', source: PROBE, deployments: [{ deploymentId: 'customdeploy_probe' }] },
  ]);
  const employee = (firstname: string, more: object = {}): object => ({
    type: 'employee',
    fields: { firstname, lastname: 'Rep', entityid: `${firstname} Rep`, subsidiary: '1', isinactive: false, ...more },
  });
  [ann, ben] = await box.seed([employee('Ann'), employee('Ben')]);
  [cid] = await box.seed([employee('Cid', { supervisor: ann })]);
  await box.seed([{ type: 'subsidiary', id: '7', fields: { name: 'Abroad', currency: '1' } }]);
});
afterAll(() => box.close());

async function as(entity: string | undefined, roleId: string, body: object): Promise<unknown> {
  const { access_token: token } = (await box.control('POST', 'token', {
    entity: Number(entity),
    role: `customrole_${roleId}`,
  })) as { access_token: string };
  const url = `${box.url}/app/site/hosting/restlet.nl?script=${RESTLET}&deploy=customdeploy_probe`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

const customer = async (name: string, fields: object): Promise<string> => {
  const [id = ''] = await box.seed([
    { type: 'customer', fields: { entityid: name, companyname: name, subsidiary: '1', ...fields } },
  ]);
  return id;
};
const refusal = (message: string): object => ({
  name: 'INSUFFICIENT_PERMISSION',
  message: `Permission Violation: ${message}`,
});
const refused = refusal('The restrictions on your role deny you access to this record.');
const ok = { ok: expect.anything() as unknown };

describe('restrictions of a role decide every call, with the published words (section_4731154857, section_N3539978)', () => {
  it("a restricted permission for a custom record reaches only the user's own rows", async () => {
    const { ok: id } = (await as(ann, 'own', { act: 'create', type: CUSTOM })) as { ok: number };
    for (const act of ['load', 'submit']) {
      expect(await as(ann, 'own', { act, type: CUSTOM, id })).toMatchObject(ok);
      expect(await as(ben, 'own', { act, type: CUSTOM, id })).toEqual(
        refusal(
          'You need a higher permission for custom record type Case to access this page. Please contact your account administrator.',
        ),
      );
    }
    for (const act of ['search', 'sql']) {
      expect(await as(ann, 'own', { act, type: CUSTOM })).toEqual({ ok: [String(id)] });
      expect(await as(ben, 'own', { act, type: CUSTOM })).toEqual({ ok: [] });
    }
  });

  it("an employee restriction leaves own and subordinates' customers, with UNASSIGNED those of nobody too", async () => {
    const own = await customer('own', { salesrep: ann });
    const below = await customer('below', { salesrep: cid });
    const other = await customer('other', { salesrep: ben });
    const free = await customer('free', {});
    for (const act of ['search', 'sql']) {
      expect(await as(ann, 'reps', { act, type: 'customer' })).toEqual({ ok: [own, below] });
      expect(await as(ann, 'openreps', { act, type: 'customer' })).toEqual({ ok: [own, below, free] });
    }
    for (const act of ['load', 'submit']) {
      expect(await as(ann, 'reps', { act, type: 'customer', id: below })).toMatchObject(ok);
      expect(await as(ann, 'reps', { act, type: 'customer', id: other })).toEqual(refused);
      expect(await as(cid, 'reps', { act, type: 'customer', id: own })).toEqual(refused);
    }
    expect(await as(ann, 'lookers', { act: 'load', type: 'customer', id: other })).toMatchObject(ok);
    expect(await as(ann, 'lookers', { act: 'submit', type: 'customer', id: other })).toEqual(
      refusal('The restrictions on your role do not allow you to modify this record.'),
    );
  });

  it("a subsidiary restriction leaves the records of the user's own subsidiary", async () => {
    const [near, abroad] = [await customer('near', {}), await customer('abroad', { subsidiary: '7' })];
    expect(await as(ann, 'local', { act: 'load', type: 'customer', id: abroad })).toEqual(
      refusal('The subsidiary restrictions on your role deny you access to this record.'),
    );
    const seen = (await as(ann, 'local', { act: 'sql', type: 'customer' })) as { ok: string[] };
    expect([seen.ok.includes(near), seen.ok.includes(abroad)]).toEqual([true, false]);
  });

  it.each([
    ['soap', 'permission_denied'],
    ['gone', 'EntityOrRoleDisabled'],
  ])(
    'a role that is Web Services Only or inactive calls no RESTlets: %s, %s (section_1530099787)',
    async (id, detail) => {
      expect(await as(ann, id, { act: 'search', type: 'customer' })).toMatchObject({
        error: { code: 'INVALID_LOGIN_ATTEMPT' },
      });
      const logins = (await box.control('GET', 'ledger/logins')) as { status: string; detail: string }[];
      expect(logins.at(-1)).toMatchObject({ status: 'Failure', detail });
    },
  );

  it('an employee restriction holds for transforms and global searches', async () => {
    const own = await customer('mine alone', { salesrep: ann });
    expect(await as(ann, 'reps', { act: 'order', type: 'customer', id: own })).toEqual({ ok: own });
    expect(await as(ann, 'reps', { act: 'global', id: 'alone' })).toEqual({ ok: ['mine alone'] });
    expect(await as(ben, 'reps', { act: 'order', type: 'customer', id: own })).toEqual(refused);
    expect(await as(ben, 'reps', { act: 'global', id: 'alone' })).toEqual({ ok: [] });
  });
});

it('a global search needs Perform Search as any other does (section_N664557)', async () => {
  await customer('Findable', {});
  expect(await as(ann, 'lookers', { act: 'global', id: 'Findable' })).toEqual({ ok: ['Findable'] });
  expect(await as(ann, 'blind', { act: 'global', id: 'Findable' })).toMatchObject({ name: 'INSUFFICIENT_PERMISSION' });
});
