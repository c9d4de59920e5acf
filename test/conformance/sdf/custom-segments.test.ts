import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

const applied = (group: string, ...ids: string[]): string =>
  `<${group}><applications>${ids.map((id) => `<application><id>${id}</id><isapplied>T</isapplied></application>`).join('')}</applications></${group}>`;
const SEGMENT = `<customsegment scriptid="cseg_region"><label>Region</label><fieldtype>SELECT</fieldtype>
  <recordtype>[scriptid=customrecord_cseg_region]</recordtype><ismandatory>F</ismandatory><isinactive>F</isinactive>
  <permissions><permission><role>[scriptid=customrole_keeper]</role><valuemgmtaccesslevel>EDIT</valuemgmtaccesslevel></permission></permissions>
  <segmentapplication>${applied('transactionbody', 'SALE')}${applied('transactionline', 'SALE', 'JOURNALENTRY')}${applied('entities', 'CUSTOMER')}
  ${applied('items', 'SERVICEITEM').replace('<items>', '<items><subtype>SALE</subtype>')}</segmentapplication></customsegment>`;
const VALUES = `<customrecordtype scriptid="customrecord_cseg_region"><recordname>Region</recordname><customsegment>[scriptid=cseg_region]</customsegment>
  <instances><instance scriptid="val_north"><name>North</name></instance><instance scriptid="val_south"><name>South</name></instance></instances></customrecordtype>`;
const role = (id: string): string =>
  `<role scriptid="customrole_${id}"><name>${id}</name><centertype>BASIC</centertype><permissions>${[
    'ADMI_LOGIN_OAUTH2',
    'LIST_CUSTRECORDENTRY',
  ]
    .map((key) => `<permission><permkey>${key}</permkey><permlevel>FULL</permlevel></permission>`)
    .join('')}</permissions></role>`;

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const objects = [role('keeper'), role('other'), SEGMENT, VALUES].map((xml) => ({ xml }));
  await box.control('POST', 'objects', objects);
  await box.seed([
    { type: 'customer', id: '501', fields: { companyname: 'Acme', subsidiary: '1' } },
    { type: 'serviceitem', id: '801', fields: { itemid: 'HOUR', subsidiary: ['1'] } },
  ]);
});
afterAll(() => box.close());

describe('a custom segment', () => {
  it('stands on what it applies to: entities, items of its subtype, bodies and lines', async () => {
    const body = `const [north, south] = ['North', 'South'].map((name) => search.create({ type: 'customrecord_cseg_region', filters: [['name', 'is', name]] }).run().getRange(0, 1)[0].id);
      record.submitFields({ type: 'customer', id: 501, values: { cseg_region: north } });
      record.submitFields({ type: 'serviceitem', id: 801, values: { cseg_region: south } });
      const made = record.create({ type: 'salesorder' });
      made.setValue('entity', 501); made.setText('cseg_region', 'South');
      made.setSublistValue('item', 'item', 0, 801); made.setSublistValue('item', 'quantity', 0, 1); made.setSublistValue('item', 'rate', 0, 2); made.setSublistValue('item', 'cseg_region', 0, north);
      const order = record.load({ type: 'salesorder', id: made.save() });
      const texts = (type, filters) => search.create({ type, filters, columns: ['cseg_region'] }).run().getRange(0, 9).map((row) => row.getText('cseg_region'));
      const rows = (sql) => query.runSuiteQL({ query: sql }).asMappedResults();
      return [search.lookupFields({ type: 'customer', id: 501, columns: ['cseg_region'] }).cseg_region[0].text, order.getText('cseg_region'),
        order.getSublistText('item', 'cseg_region', 0), texts('item', [['cseg_region', 'anyof', south]]), texts('transaction', [['mainline', 'is', 'T'], 'and', ['cseg_region', 'anyof', south]]),
        rows("SELECT BUILTIN.DF(t.cseg_region) AS body, BUILTIN.DF(l.cseg_region) AS line, r.name FROM transaction t JOIN transactionline l ON l.transaction = t.id JOIN customrecord_cseg_region r ON r.id = l.cseg_region WHERE l.mainline = 'F'")];`;
    expect(await runCode(box, 'record search query', body)).toEqual([
      'North',
      'South',
      'North',
      ['South'],
      ['South'],
      [{ body: 'South', line: 'North', name: 'North' }],
    ]);
  });

  it('opens its values to the roles of its own list only, with the words of an account', async () => {
    const source = `/**\n * @NApiVersion 2.1\n * @NScriptType Restlet\n */
      define(['N/record'], (record) => ({ get: () => { try { return { made: record.create({ type: 'customrecord_cseg_region' }).setValue('name', 'East').save() > 0 } } catch (e) { return { name: e.name, message: e.message } } } }));`;
    await box.control('POST', 'scripts', [
      {
        scriptId: 'customscript_values',
        type: 'restlet',
        source,
        deployments: [{ deploymentId: 'customdeploy_values' }],
      },
    ]);
    const as = async (who: string): Promise<unknown> => {
      const { access_token: token } = (await box.control('POST', 'token', { role: `customrole_${who}` })) as {
        access_token: string;
      };
      const url = `${box.url}/app/site/hosting/restlet.nl?script=customscript_values&deploy=customdeploy_values`;
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return (await fetch(url, { headers })).json();
    };
    expect(await as('keeper')).toEqual({ made: true });
    expect(await as('other')).toEqual({
      name: 'INSUFFICIENT_PERMISSION',
      message:
        'Permission Violation: You need a higher permission for value management of custom segment Region to access this page. Please contact your account administrator.',
    });
  });
});
