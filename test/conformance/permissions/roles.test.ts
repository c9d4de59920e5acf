import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** A RESTlet that does what it is asked and answers the error's name and message. */
const PROBE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query', 'N/file', 'N/runtime'], (record, search, query, file, runtime) => ({
  post: ({ code }) => {
    const acts = {
      load: ({ type, id }) => record.load({ type, id }).id,
      create: ({ type }) => { const r = record.create({ type }); r.setValue('name', 'x'); return r.save(); },
      edit: ({ type, id }) => { const r = record.load({ type, id }); r.setValue('comments', 'y'); return r.save(); },
      remove: ({ type, id }) => record.delete({ type, id }),
      search: ({ type }) => search.create({ type }).run().getRange({ start: 0, end: 1 }).length,
      sql: ({ q }) => query.runSuiteQL({ query: q }).asMappedResults().length,
      file: () => file.create({ name: 'x.txt', fileType: 'PLAINTEXT', contents: '', folder: -15 }).save() > 0,
      level: ({ name }) => runtime.getCurrentUser().getPermission({ name }),
    };
    try { return { ok: acts[code.act](code) } } catch (e) { return { name: e.name, message: e.message } }
  },
}));`;
const RESTLET = 'customscript_probe';
const role = (id: string, permissions: Record<string, string>): string =>
  `<role scriptid="customrole_${id}"><name>${id}</name><centertype>BASIC</centertype><permissions>${Object.entries({
    ADMI_LOGIN_OAUTH2: 'FULL',
    ...permissions,
  })
    .map(([key, level]) => `<permission><permkey>${key}</permkey><permlevel>${level}</permlevel></permission>`)
    .join('')}</permissions></role>`;
const recordType = (id: string, access: string, grants: Record<string, string> = {}): string =>
  `<customrecordtype scriptid="customrecord_${id}"><recordname>${id}</recordname><accesstype>${access}</accesstype><permissions>${Object.entries(
    grants,
  )
    .map(
      ([r, level]) =>
        `<permission><permittedrole>[scriptid=customrole_${r}]</permittedrole><permittedlevel>${level}</permittedlevel></permission>`,
    )
    .join('')}</permissions></customrecordtype>`;

let box: BlackBox;
let customerId: string;
beforeAll(async () => {
  box = await openBlackBox();
  const objects = [
    role('viewer', { LIST_CUSTJOB: 'VIEW', LIST_FIND: 'VIEW' }),
    role('reader', { LIST_CUSTJOB: 'VIEW', TRAN_SALESORD: 'VIEW' }),
    role('editor', {
      LIST_CUSTJOB: 'EDIT',
      LIST_CUSTRECORDENTRY: 'FULL',
      LIST_FILECABINET: 'CREATE',
      REPO_ANALYTICS: 'EDIT',
    }),
    role('none', { LIST_ITEM: 'VIEW' }),
    role('listed', { LIST_ITEM: 'VIEW' }),
    recordType('open', 'NONENEEDED'),
    recordType('entries', 'CUSTRECORDENTRYPERM'),
    recordType('listed', 'USEPERMISSIONLIST', { listed: 'EDIT' }),
  ];
  await box.control(
    'POST',
    'objects',
    objects.map((xml) => ({ xml })),
  );
  await box.control('POST', 'scripts', [
    { scriptId: RESTLET, type: 'restlet', source: PROBE, deployments: [{ deploymentId: 'customdeploy_probe' }] },
  ]);
  [customerId = ''] = await box.seed([
    { type: 'customer', fields: { companyname: 'Acme', subsidiary: '1', isinactive: false } },
  ]);
});
afterAll(() => box.close());

const as = async (who: string, code: object): Promise<unknown> => {
  const { access_token: token } = (await box.control('POST', 'token', { role: `customrole_${who}` })) as {
    access_token: string;
  };
  const url = `${box.url}/app/site/hosting/restlet.nl?script=${RESTLET}&deploy=customdeploy_probe`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  return answer.json();
};
const violation = (what: string): object => ({
  name: 'INSUFFICIENT_PERMISSION',
  message: `Permission Violation: You need ${what} to access this page. Please contact your account administrator.`,
});

describe("a role's permissions decide every API call of a script", () => {
  it('lets a viewer load and search, not edit or delete, with the words of an account (section_N3539978)', async () => {
    expect(await as('viewer', { act: 'load', type: 'customer', id: customerId })).toMatchObject({
      ok: expect.anything() as unknown,
    });
    expect(await as('viewer', { act: 'search', type: 'customer' })).toEqual({ ok: 1 });
    expect(await as('viewer', { act: 'edit', type: 'customer', id: customerId })).toEqual(
      violation("a higher level of the 'Lists -> Customers' permission"),
    );
    expect(await as('viewer', { act: 'remove', type: 'customer', id: customerId })).toEqual(
      violation("a higher level of the 'Lists -> Customers' permission"),
    );
  });

  it('lets a role search only with Perform Search, over transactions with Find Transaction (section_N664557)', async () => {
    expect(await as('reader', { act: 'search', type: 'customer' })).toEqual(
      violation(" the 'Lists -> Perform Search' permission"),
    );
    expect(await as('reader', { act: 'search', type: 'salesorder' })).toEqual(
      violation(" the 'Transactions -> Find Transaction' permission"),
    );
  });

  it('shows nothing to a role without the permission', async () => {
    expect(await as('none', { act: 'load', type: 'customer', id: customerId })).toEqual(
      violation(" the 'Lists -> Customers' permission"),
    );
    expect(await as('none', { act: 'search', type: 'customer' })).toEqual(
      violation(" the 'Lists -> Customers' permission"),
    );
    expect(await as('none', { act: 'sql', q: 'SELECT id FROM item' })).toEqual(
      violation(" the 'Reports -> SuiteAnalytics Workbook' permission"),
    );
    expect(await as('viewer', { act: 'search', type: 'item' })).toEqual(violation(" the 'Lists -> Items' permission"));
    expect(await as('none', { act: 'file' })).toEqual(violation(" the 'Lists -> Documents and Files' permission"));
  });

  it('lets an editor edit but not delete, write files, and query', async () => {
    expect(await as('editor', { act: 'edit', type: 'customer', id: customerId })).toMatchObject({
      ok: expect.anything() as unknown,
    });
    expect(await as('editor', { act: 'remove', type: 'customer', id: customerId })).toEqual(
      violation("a higher level of the 'Lists -> Customers' permission"),
    );
    expect(await as('editor', { act: 'file' })).toEqual({ ok: true });
    expect(await as('editor', { act: 'sql', q: 'SELECT id FROM customer' })).toEqual({ ok: 1 });
  });

  it('tells levels as numbers', async () => {
    expect(await as('editor', { act: 'level', name: 'LIST_CUSTJOB' })).toEqual({ ok: 3 });
    expect(await as('editor', { act: 'level', name: 'TRAN_SALESORD' })).toEqual({ ok: 0 });
  });
});

describe('access types of custom records (SDF customrecordtype accesstype)', () => {
  it.each([
    ['none', 'open', true],
    ['none', 'entries', false],
    ['editor', 'entries', true],
    ['editor', 'listed', false],
    ['listed', 'listed', true],
    ['none', 'listed', false],
  ])('role %s, record %s', async (who, type, allowed) => {
    const answer = await as(who, { act: 'create', type: `customrecord_${type}` });
    if (allowed) expect(answer).toMatchObject({ ok: expect.any(Number) as unknown });
    else expect(answer).toEqual(violation(`a higher permission for custom record type ${type}`));
  });
});

describe('Execute as Role and audience', () => {
  const event = `/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/runtime', 'N/log'], (runtime, log) => ({ afterSubmit: () => log.audit('role', runtime.getCurrentUser().roleId) }));`;

  it('holds for what a user does and is lost when a script triggers the script', async () => {
    const deployment = { deploymentId: 'customdeploy_event', recordType: 'customer', runAs: 'customrole_none' };
    await box.control('POST', 'scripts', [
      { scriptId: 'customscript_event', type: 'userevent', source: event, deployments: [deployment] },
    ]);
    await box.control('POST', 'ui/save', { type: 'customer', id: customerId, fields: { phone: '555-0100' } });
    await as('editor', { act: 'edit', type: 'customer', id: customerId });
    const rows = (await box.control('GET', 'executions?scriptId=customscript_event')) as {
      logs: { details: string }[];
    }[];
    expect(rows.flatMap((row) => row.logs.map((l) => l.details))).toEqual(['customrole_none', 'customrole_editor']);
  });

  it('admits the roles a deployment names, and administrators', async () => {
    const xml = `<restlet scriptid="customscript_closed"><name>Closed</name><scriptfile>[/SuiteScripts/customscript_probe.js]</scriptfile><scriptdeployments>
      <scriptdeployment scriptid="customdeploy_closed"><title>Closed</title><status>RELEASED</status><audslctrole>[scriptid=customrole_editor]</audslctrole></scriptdeployment></scriptdeployments></restlet>`;
    await box.control('POST', 'objects', [{ xml }]);
    const call = async (who: string | number): Promise<number> => {
      const { access_token: token } = (await box.control('POST', 'token', { role: who })) as { access_token: string };
      const url = `${box.url}/app/site/hosting/restlet.nl?script=customscript_closed&deploy=customdeploy_closed`;
      return (
        await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: '{"code":{"act":"level","name":"LIST_CUSTJOB"}}',
        })
      ).status;
    };
    expect([await call('customrole_editor'), await call('customrole_viewer'), await call(3)]).toEqual([200, 403, 200]);
  });
});
