import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

/** What each call takes from `getRemainingUsage()` as a script sees it: API × record class, and calls that fail. */
let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'objects', [
    { xml: '<customrecordtype scriptid="customrecord_unit"><recordname>Unit</recordname></customrecordtype>' },
  ]);
  const named = (name: string): object => ({ companyname: name, entityid: name, subsidiary: '1', currency: '1' });
  await box.seed([
    { type: 'customer', id: '501', fields: { ...named('Acme'), email: 'a@example.com' } },
    { type: 'contact', id: '601', fields: { firstname: 'Ann', lastname: 'Lee', entityid: 'Ann Lee', company: '501' } },
    {
      type: 'serviceitem',
      id: '802',
      fields: { itemid: 'SVC', subsidiary: ['1'], incomeaccount: '8', taxschedule: '1' },
    },
  ]);
});
afterAll(() => box.close());

/** One script that makes the calls in order; answers the units of each, with the error's name for those that fail. */
async function unitsOf(
  modules: string,
  before: string,
  calls: [call: string, units: number | string][],
): Promise<void> {
  const body = `const left = () => runtime.getCurrentScript().getRemainingUsage();
    const cost = (call) => { const before = left(); try { call(); } catch (e) { return before - left() + ' ' + e.name; } return before - left(); };
    ${before}
    return [${calls.map(([call]) => `cost(() => { ${call}; })`).join(',\n')}];`;
  const answered = await runCode(box, `runtime ${modules}`, body);
  const spent = Array.isArray(answered) ? answered.map((units: unknown, i) => [calls[i]?.[0], units]) : answered;
  expect(spent).toEqual(calls);
}

it('records: by the class of the record (section_157072844224)', () =>
  unitsOf(
    'record',
    `let order, orderId, row, rowId, made, madeId;
    const fill = (of) => { of.setValue('entity', 501); of.setSublistValue('item', 'item', 0, 802); of.setSublistValue('item', 'quantity', 0, 1); };`,
    [
      [`order = record.create({ type: 'salesorder' })`, 10],
      [`fill(order); orderId = order.save()`, 20],
      [`record.load({ type: 'salesorder', id: orderId })`, 10],
      [`record.copy({ type: 'salesorder', id: orderId })`, 10],
      [`record.submitFields({ type: 'salesorder', id: orderId, values: { memo: 'x' } })`, 10],
      [`record.transform({ fromType: 'salesorder', fromId: orderId, toType: 'invoice' })`, 10],
      [`record.transform({ fromType: 'customer', fromId: 501, toType: 'salesorder' })`, 10],
      [`record.delete({ type: 'salesorder', id: orderId })`, 20],
      [`record.create({ type: 'opportunity' })`, 10],
      [`record.create({ type: 'journalentry' })`, 10],
      [`record.create({ type: 'inventoryadjustment' })`, 10],
      [`row = record.create({ type: 'customrecord_unit' })`, 2],
      [`row.setValue('name', 'u'); rowId = row.save()`, 4],
      [`record.load({ type: 'customrecord_unit', id: rowId })`, 2],
      [`record.copy({ type: 'customrecord_unit', id: rowId })`, 2],
      [`record.submitFields({ type: 'customrecord_unit', id: rowId, values: { name: 'v' } })`, 2],
      [`record.delete({ type: 'customrecord_unit', id: rowId })`, 4],
      [`made = record.create({ type: 'customer' })`, 5],
      [`made.setValue('companyname', 'U'); made.setValue('subsidiary', 1); madeId = made.save()`, 10],
      [`record.load({ type: 'customer', id: madeId })`, 5],
      [`record.copy({ type: 'customer', id: madeId })`, 5],
      [`record.submitFields({ type: 'customer', id: madeId, values: { comments: 'x' } })`, 5],
      [`record.attach({ record: { type: 'contact', id: 601 }, to: { type: 'customer', id: madeId } })`, 10],
      [`record.detach({ record: { type: 'contact', id: 601 }, from: { type: 'customer', id: madeId } })`, 10],
      [`record.delete({ type: 'customer', id: madeId })`, 10],
      [`record.load({ type: 'serviceitem', id: 802 })`, 5],
      [`record.load({ type: 'employee', id: 2 })`, 5],
      [`record.create({ type: 'task' })`, 5],
      [`record.create({ type: 'supportcase' })`, 5],
      [`record.create({ type: 'folder' })`, 5],
      [`record.load({ type: 'customer', id: 99999 })`, '5 RCRD_DSNT_EXIST'],
      [`record.load({ type: 'customer' })`, '0 SSS_MISSING_REQD_ARGUMENT'],
      [`record.load({ type: 'nosuch', id: 1 })`, '0 INVALID_RCRD_TYPE'],
    ],
  ));

it('searches and queries (section_N3352288, section_157960542026)', () =>
  unitsOf(
    'search query',
    `let found, rows, pages, answer, built; const sql = { query: 'SELECT id FROM customer ORDER BY id', pageSize: 5 };`,
    [
      [`found = search.create({ type: 'customer', columns: ['entityid'] })`, 0],
      [`rows = found.run()`, 0],
      [`rows.getRange({ start: 0, end: 1000 })`, 10],
      [`rows.each(() => false)`, 10],
      [`pages = found.runPaged({ pageSize: 5 })`, 5],
      [`pages.fetch({ index: 0 })`, 5],
      [`search.lookupFields({ type: 'customer', id: 501, columns: ['email'] })`, 1],
      [`search.global({ keywords: 'Acme' })`, 10],
      [`search.duplicates({ type: 'customer', fields: { email: 'a@example.com' } })`, 10],
      [`found.title = 'U'; found.id = 'customsearch_units'; found.save()`, 5],
      [`search.load({ id: 'customsearch_units' })`, 5],
      [`search.delete({ id: 'customsearch_units' })`, 5],
      [`answer = query.runSuiteQL(sql)`, 10],
      [`answer.asMappedResults()`, 0],
      [`answer.iterator().each(() => true)`, 10],
      [`pages = query.runSuiteQLPaged(sql)`, 10],
      [`pages.fetch(0)`, 10],
      [`pages.iterator().each(() => true)`, 10],
      [`built = query.create({ type: 'customer' }); built.columns = [built.createColumn({ fieldId: 'id' })]`, 0],
      [`built.run()`, 10],
      [`built.runPaged({ pageSize: 5 })`, 10],
      [`built.toSuiteQL()`, 0],
    ],
  ));

it('every other module (section_157072844224)', () =>
  unitsOf(
    'file cache email config currency log format encode crypto url error xml task render',
    `let made, id, kept; const letter = { author: 2, recipients: 'a@example.com', subject: 's', body: 'b' };
    const pdf = '<?xml version="1.0"?><!DOCTYPE pdf PUBLIC "-//big.faceless.org//report" "report-1.1.dtd"><pdf><body>x</body></pdf>';`,
    [
      [`made = file.create({ name: 'u.txt', fileType: 'PLAINTEXT', contents: 'x', folder: -15 })`, 0],
      [`id = made.save()`, 20],
      [`made = file.load({ id })`, 10],
      [`made.getContents(); made.lines.iterator().each(() => true)`, 0],
      [`file.copy({ id, folder: -15, conflictResolution: 'RENAME_TO_UNIQUE' })`, 20],
      [`file.delete({ id })`, 20],
      [`file.load({ id: 99999 })`, '10 INSUFFICIENT_PERMISSION'],
      [`kept = cache.getCache({ name: 'u' })`, 0],
      [`kept.get({ key: 'a' })`, 1],
      [`kept.get({ key: 'a', loader: () => '1' })`, 2],
      [`kept.get({ key: 'a', loader: () => '1' })`, 1],
      [`kept.put({ key: 'b', value: '2' })`, 1],
      [`kept.remove({ key: 'b' })`, 1],
      [`email.send(letter)`, 20],
      [`email.sendBulk(letter)`, 10],
      [`email.send({ author: 2 })`, '0 SSS_MISSING_REQD_ARGUMENT'],
      [`config.load({ type: 'companyinformation' })`, 10],
      [`currency.exchangeRate({ source: 'GBP', target: 'USD' })`, 10],
      [`currency.exchangeRate({ source: 'GBP' })`, '0 SSS_MISSING_REQD_ARGUMENT'],
      [`render.xmlToPdf({ xmlString: pdf })`, 10],
      [`task.create({ taskType: 'SCHEDULED_SCRIPT' })`, 0],
      [`log.debug('t', 'd'); format.format({ type: 'date', value: new Date() })`, 0],
      [`encode.convert({ string: 'a', inputEncoding: 'UTF_8', outputEncoding: 'BASE_64' })`, 0],
      [`crypto.createHash({ algorithm: 'SHA256' }).digest()`, 0],
      [`url.resolveDomain({ hostType: 'APPLICATION' }); error.create({ name: 'A', message: 'b' })`, 0],
      [`xml.Parser.fromString({ text: '<a/>' }); runtime.getCurrentUser()`, 0],
    ],
  ));
