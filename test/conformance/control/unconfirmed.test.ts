import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

/** What no source confirms is a named setting; docs/emulator.md lists them all. */
let box: BlackBox;
const ORDER = { entity: '500', trandate: '2026-01-02', subsidiary: '1', status: 'B', orderstatus: 'B' };
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(() => box.close());
beforeEach(async () => {
  await box.control('POST', 'reset');
  await box.seed([
    { type: 'customer', id: '500', fields: { companyname: 'A', entityid: 'A', subsidiary: '1', currency: '1' } },
    { type: 'serviceitem', id: '601', fields: { itemid: 'S', subsidiary: ['1'], incomeaccount: '8' } },
    { type: 'salesorder', id: '700', fields: ORDER, sublists: { item: [{ item: '601', quantity: 1, rate: 5 }] } },
  ]);
});
const set = (settings: object): Promise<unknown> => box.control('POST', 'settings', { settings });
const units = (code: string): Promise<unknown> =>
  runCode(box, 'record runtime', `${code}; return 5000 - runtime.getCurrentScript().getRemainingUsage();`);
const deploy = (name: string, type: string, tag: string, code: string, more = {}): Promise<unknown> =>
  box.control('POST', 'scripts', [
    {
      scriptId: `customscript_${name}`,
      type,
      source: `/**\n * @NApiVersion 2.1\n * @NScriptType ${tag}\n */\n${code}`,
      deployments: [{ deploymentId: `customdeploy_${name}`, ...more }],
    },
  ]);

it('transformBilledBy: whether a transform costs what its target or its source costs', async () => {
  const transform = "record.transform({fromType: 'customer', fromId: 500, toType: 'salesorder'})";
  expect(await units(transform)).toBe(10);
  await set({ transformBilledBy: 'source' });
  expect(await units(transform)).toBe(5);
});

it('submitFieldsBilling: what a field costs that is not inline-editable', async () => {
  const submit = "record.submitFields({type: 'customer', id: 500, values: {email: 'a@example.com'}})";
  expect(await units(submit)).toBe(15);
  await set({ submitFieldsBilling: 'flat' });
  expect(await units(submit)).toBe(5);
});

it('userEventTimeCounts: whether the time of a User Event is that of the script that saves', async () => {
  const slow = "({ afterSubmit: () => search.lookupFields({type: 'employee', id: -5, columns: ['email']}) })";
  await deploy('slow', 'userevent', 'UserEventScript', `define(['N/search'], (search) => ${slow});`, {
    recordType: 'customer',
  });
  await box.control('POST', 'settings', { apiMs: { 'search.lookupFields': 299_000 } });
  const save = `for (const comments of ['a', 'b']) record.submitFields({type: 'customer', id: 500, values: {comments}})`;
  expect(await units(save)).toBe(10);
  await set({ userEventTimeCounts: true });
  expect(await units(save)).toMatchObject({ error: { code: 'SSS_TIME_LIMIT_EXCEEDED' } });
});

it('limitErrorStatus: the status of a RESTlet that ran out of units', async () => {
  const code = "define(['N/record'], (record) => ({ post: () => { for (;;) record.create({type: 'salesorder'}); } }));";
  await deploy('burn', 'restlet', 'Restlet', code);
  expect((await box.restlet('customscript_burn', 'POST', {})).status).toBe(400);
  await set({ limitErrorStatus: 500 });
  expect((await box.restlet('customscript_burn', 'POST', {})).status).toBe(500);
});

it('suiteletErrorStatus and suiteletsShareLimit: how a Suitelet fails, and whether one without login takes a slot', async () => {
  await deploy('page', 'suitelet', 'Suitelet', 'define([], () => ({ onRequest: () => { throw "no"; } }));');
  const open = async (): Promise<number> =>
    (await fetch(`${box.url}/app/site/hosting/scriptlet.nl?script=customscript_page&deploy=customdeploy_page`)).status;
  expect(await open()).toBe(500);
  await set({ suiteletErrorStatus: 200 });
  await box.control('POST', 'faults', [{ kind: 'foreignLoad', slots: 5 }]);
  expect(await open()).toBe(200);
  await set({ suiteletsShareLimit: true });
  expect(await open()).toBe(400);
  await box.control('DELETE', 'faults');
  expect(await open()).toBe(200);
});

it('malformedXmlCode: the code of a body that is no XML', async () => {
  await deploy('xml', 'restlet', 'Restlet', 'define({ post: () => 1 });');
  await set({ malformedXmlCode: 'INVALID_REQUEST' });
  const { access_token: token } = (await box.control('POST', 'token', {})) as { access_token: string };
  const url = `${box.url}/app/site/hosting/restlet.nl?script=customscript_xml&deploy=customdeploy_xml`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/xml' };
  const answer = await fetch(url, { method: 'POST', headers, body: '<a' });
  expect(await answer.text()).toContain('<code>INVALID_REQUEST</code>');
});
