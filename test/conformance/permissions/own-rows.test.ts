import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** A RESTlet that does what it is asked and answers the error's name and message. */
const PROBE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query'], (record, search, query) => ({
  post: ({ act, type, id }) => {
    const acts = {
      create: () => record.create({ type }).setValue('name', 'mine').save(),
      load: () => record.load({ type, id }).id,
      copy: () => record.copy({ type, id }).getValue('name'),
      edit: () => record.load({ type, id }).setValue('name', 'changed').save(),
      submit: () => record.submitFields({ type, id, values: { name: 'changed' } }),
      remove: () => record.delete({ type, id }),
      search: () => search.create({ type }).run().getRange({ start: 0, end: 9 }).map((row) => row.id),
      sql: () => query.runSuiteQL({ query: 'SELECT id FROM ' + type + ' ORDER BY id' }).asMappedResults().map((row) => String(row.id)),
    };
    try { return { ok: acts[act]() } } catch (e) { return { name: e.name, message: e.message } }
  },
}));`;
const RESTLET = 'customscript_probe';
const ROLE = `<role scriptid="customrole_rep"><name>Rep</name><centertype>BASIC</centertype><permissions>${[
  ['ADMI_LOGIN_OAUTH2', 'FULL'],
  ['REPO_ANALYTICS', 'EDIT'],
  ['LIST_FIND', 'VIEW'],
]
  .map(([key, level]) => `<permission><permkey>${key}</permkey><permlevel>${level}</permlevel></permission>`)
  .join('')}</permissions></role>`;
const recordType = (id: string, restriction: string): string =>
  `<customrecordtype scriptid="customrecord_${id}"><recordname>${id}</recordname><accesstype>USEPERMISSIONLIST</accesstype><permissions><permission><permittedrole>[scriptid=customrole_rep]</permittedrole><permittedlevel>FULL</permittedlevel>${restriction}</permission></permissions></customrecordtype>`;
const ALL = 'customrecord_all';
const EDIT = 'customrecord_edit';
const VIEW = 'customrecord_view';

let box: BlackBox;
let users: string[];
beforeAll(async () => {
  box = await openBlackBox();
  const restriction = (value: string): string => `<restriction>${value}</restriction>`;
  const objects = [
    ROLE,
    recordType('all', ''),
    recordType('edit', restriction('EDIT')),
    recordType('view', restriction('VIEWANDEDIT')),
  ];
  await box.control(
    'POST',
    'objects',
    objects.map((xml) => ({ xml })),
  );
  await box.control('POST', 'scripts', [
    { scriptId: RESTLET, type: 'restlet', source: PROBE, deployments: [{ deploymentId: 'customdeploy_probe' }] },
  ]);
  users = await box.seed(
    ['Ann', 'Ben'].map((firstname) => ({
      type: 'employee',
      fields: { firstname, lastname: 'Rep', entityid: `${firstname} Rep`, subsidiary: '1', isinactive: false },
    })),
  );
});
afterAll(() => box.close());

async function as(user: 0 | 1 | 'administrator', body: object): Promise<unknown> {
  const who = user === 'administrator' ? { role: 3 } : { entity: Number(users[user]), role: 'customrole_rep' };
  const { access_token: token } = (await box.control('POST', 'token', who)) as { access_token: string };
  const url = `${box.url}/app/site/hosting/restlet.nl?script=${RESTLET}&deploy=customdeploy_probe`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
const create = async (user: 0 | 1, type: string): Promise<string> =>
  String(((await as(user, { act: 'create', type })) as { ok: number }).ok);
const refused = { name: 'INSUFFICIENT_PERMISSION' };
const done = { ok: expect.anything() as unknown };

describe("restriction of a custom record's permission list (SDF customrecordtype permission)", () => {
  it('VIEWANDEDIT: a user reads, copies, changes and deletes only own rows', async () => {
    const id = await create(0, VIEW);
    for (const act of ['load', 'copy', 'edit', 'submit', 'remove'])
      expect([act, await as(1, { act, type: VIEW, id })]).toMatchObject([act, refused]);
    for (const act of ['load', 'copy', 'edit', 'submit', 'remove'])
      expect([act, await as(0, { act, type: VIEW, id })]).toMatchObject([act, done]);
  });

  it('VIEWANDEDIT: searches and SuiteQL give each user their own rows, the administrator all', async () => {
    const ids = [await create(0, VIEW), await create(1, VIEW)];
    for (const act of ['search', 'sql']) {
      expect(await as(0, { act, type: VIEW })).toEqual({ ok: [ids[0]] });
      expect(await as(1, { act, type: VIEW })).toEqual({ ok: [ids[1]] });
      expect(await as('administrator', { act, type: VIEW })).toEqual({ ok: ids });
    }
  });

  it('EDIT: a user reads all rows, changes and deletes only own ones', async () => {
    const id = await create(0, EDIT);
    for (const act of ['load', 'copy', 'search', 'sql'])
      expect([act, await as(1, { act, type: EDIT, id })]).toMatchObject([act, done]);
    for (const act of ['edit', 'submit', 'remove'])
      expect([act, await as(1, { act, type: EDIT, id })]).toMatchObject([act, refused]);
    expect(await as(0, { act: 'edit', type: EDIT, id })).toMatchObject(done);
    expect(await as('administrator', { act: 'remove', type: EDIT, id })).toMatchObject(done);
  });

  it('without a restriction everyone with the level may change what others own', async () => {
    const id = await create(0, ALL);
    for (const act of ['load', 'edit', 'submit', 'remove'])
      expect([act, await as(1, { act, type: ALL, id })]).toMatchObject([act, done]);
  });
});
