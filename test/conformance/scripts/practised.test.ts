import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

/** What scripts of practised developers do and expect back, one line a habit. */
let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'objects', [
    { xml: '<customrecordtype scriptid="customrecord_visit"><recordname>Visit</recordname></customrecordtype>' },
  ]);
  const company = { isperson: 'F', subsidiary: '1', currency: '1' };
  const address = { addr1: '1 Main St', city: 'Springfield', state: 'IL', zip: '62701', country: 'US' };
  await box.seed([
    {
      type: 'customer',
      id: '501',
      fields: { ...company, companyname: 'Acme', entityid: 'Acme', entitystatus: '13', email: 'a@example.com' },
      sublists: { addressbook: [{ defaultbilling: true, addressbookaddress: address }] },
    },
    { type: 'customer', id: '502', fields: { ...company, companyname: 'Beta', entityid: 'Beta', entitystatus: '13' } },
    { type: 'contact', id: '601', fields: { firstname: 'Ann', lastname: 'Lee', entityid: 'Ann Lee', company: '501' } },
    { type: 'vendor', id: '701', fields: { ...company, companyname: 'Parts', entityid: 'Parts' } },
    { type: 'note', id: '9001', fields: { title: 'Called', note: 'They will order', entity: '501' } },
    {
      type: 'serviceitem',
      id: '802',
      fields: { itemid: 'SVC', subsidiary: ['1'], incomeaccount: '8', taxschedule: '1' },
      sublists: {
        price1: [
          { pricelevel: '1', price_1_: 100 },
          { pricelevel: '2', price_1_: 90 },
        ],
      },
    },
    {
      type: 'salesorder',
      id: '2001',
      fields: { entity: '501', tranid: 'SO2001', trandate: '2026-01-10', orderstatus: 'B', total: 120 },
    },
  ]);
});
afterAll(() => box.close());

const answers = (modules: string, body: string): Promise<unknown> => runCode(box, modules, `return ${body};`);

describe('searches (section_N3352288)', () => {
  const entityids = (search: string): string => `${search}.run().getRange(0, 9).map((row) => row.getValue('entityid'))`;

  it.each([
    [
      'a suffix tells formulas of one kind apart',
      `(() => { const row = search.create({ type: 'salesorder', filters: [['mainline', 'is', 'T'], 'and', ['formulanumeric_half: {amount} / 2', 'equalto', 60]],
        columns: [{ name: 'formulatext_big', formula: "CASE WHEN {amount} > 100 THEN 'big' END" }, { name: 'formulanumeric_half', formula: '{amount} / 2' }] })
        .run().getRange(0, 1)[0]; return JSON.parse(JSON.stringify(row)).values; })()`,
      { formulatext_big: 'big', formulanumeric_half: '60' },
    ],
    [
      'a filter pushed onto the list of filters narrows the search',
      `(() => { const all = search.create({ type: 'customer', filters: [['isinactive', 'is', 'F']], columns: ['entityid'] });
        all.filters.push(search.createFilter({ name: 'entityid', operator: 'is', values: 'Beta' }));
        return [${entityids('all')}, all.filterExpression]; })()`,
      [['Beta'], [['isinactive', 'is', 'F'], 'AND', ['entityid', 'is', 'Beta']]],
    ],
    [
      'a filter taken off the list widens it',
      `(() => { const all = search.create({ type: 'customer', filters: [['entityid', 'is', 'Beta']], columns: ['entityid'] });
        all.filters.pop(); return ${entityids('all')}.sort(); })()`,
      ['Acme', 'Beta'],
    ],
    [
      'employees are found by whether they sell',
      `search.create({ type: 'employee', filters: [['salesrep', 'is', 'T']], columns: ['salesrep'] }).run().getRange(0, 9).map((row) => row.getValue('salesrep'))`,
      [true, true],
    ],
    [
      "an opportunity's projection is a column, with those that opportunities alone have",
      `(() => { const made = record.create({ type: 'opportunity' }); made.setValue('entity', 501); made.setSublistValue('item', 'item', 0, 802);
        made.setSublistValue('item', 'quantity', 0, 2); const id = made.save(); const columns = ['projectedamount', 'foreignprojectedamount', 'wonby'];
        const row = search.create({ type: 'opportunity', filters: [['internalid', 'anyof', id]], columns }).run().getRange(0, 1)[0]; return columns.map((column) => row.getValue(column)); })()`,
      ['200.00', '200.00', ''],
    ],
    [
      'numbertext is the document number',
      `search.create({ type: 'salesorder', filters: [['numbertext', 'is', 'SO2001'], 'and', ['mainline', 'is', 'T']] }).run().getRange(0, 9).map((row) => row.id)`,
      ['2001'],
    ],
    [
      'notes of users are joined by either spelling',
      `search.create({ type: 'customer', filters: [['internalid', 'anyof', 501]], columns: ['userNotes.title', 'usernotes.note'] }).run().getRange(0, 9)
        .map((row) => [row.getValue({ name: 'title', join: 'userNotes' }), row.getValue({ name: 'note', join: 'usernotes' })])`,
      [['Called', 'They will order']],
    ],
    [
      "a status of an entity shows its stage, an opportunity's does not",
      `(() => { const made = record.create({ type: 'opportunity' }); made.setValue('entity', 501); made.setValue('entitystatus', 10); const id = made.save();
        const of = (type, id) => search.create({ type, filters: [['internalid', 'anyof', id]], columns: ['entitystatus'] }).run().getRange(0, 1)[0].getText('entitystatus');
        return [of('customer', 501), record.load({ type: 'customer', id: 501 }).getText('entitystatus'), of('opportunity', id)]; })()`,
      ['CUSTOMER-Closed Won', 'CUSTOMER-Closed Won', 'Proposal'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await answers('search record', body)).toEqual(expected);
  });
});

it('a contact attached to a second company is joined there, until it is detached (section_4267282652)', async () => {
  const contacts = `search.create({ type: 'customer', filters: [['internalid', 'anyof', 502]], columns: ['contact.entityid'] }).run().getRange(0, 9)
    .map((row) => row.getValue({ name: 'entityid', join: 'contact' }))`;
  const body = `const ends = { record: { type: 'contact', id: 601 } };
    record.attach({ ...ends, to: { type: 'customer', id: 502 } });
    const joined = ${contacts};
    record.detach({ ...ends, from: { type: 'customer', id: 502 } });
    return [joined, ${contacts}];`;
  expect(await runCode(box, 'search record', body)).toEqual([['Ann Lee'], ['']]);
});

describe('documents and what follows from them', () => {
  const LINE = `made.setSublistValue('item', 'item', 0, 802); made.setSublistValue('item', 'quantity', 0, 1);`;

  it('an opportunity has an issued estimate, and is won once the estimate is an order (section_N3684743)', async () => {
    const body = `const made = record.create({ type: 'opportunity' }); made.setValue('entity', 501); ${LINE}
      const id = made.save();
      const status = () => record.load({ type: 'opportunity', id }).getValue('status');
      const before = status();
      const quote = record.transform({ fromType: 'opportunity', fromId: id, toType: 'estimate' }).save();
      const quoted = status();
      record.transform({ fromType: 'estimate', fromId: quote, toType: 'salesorder' }).save();
      return [before, quoted, status(), record.load({ type: 'opportunity', id }).getValue('probability')];`;
    expect(await runCode(box, 'record', body)).toEqual(['In Progress', 'Issued Estimate', 'Closed - Won', 100]);
  });

  it('a vendor credit made from a bill settles it (section_4267283788)', async () => {
    const body = `const made = record.create({ type: 'vendorbill' }); made.setValue('entity', 701);
      made.setSublistValue('expense', 'account', 0, 11); made.setSublistValue('expense', 'amount', 0, 80);
      const bill = made.save();
      const credit = record.transform({ fromType: 'vendorbill', fromId: bill, toType: 'vendorcredit' }).save();
      return [record.load({ type: 'vendorbill', id: bill }).getValue('status'), record.load({ type: 'vendorcredit', id: credit }).getValue('status')];`;
    expect(await runCode(box, 'record', body)).toEqual(['Paid In Full', 'Fully Applied']);
  });

  it('an order whose lines are closed by hand is closed, and goes on when they are opened', async () => {
    const body = `const made = record.create({ type: 'purchaseorder' }); made.setValue('entity', 701); ${LINE} made.setSublistValue('item', 'rate', 0, 4);
      const id = made.save();
      const loaded = record.load({ type: 'purchaseorder', id }); const before = loaded.getValue('status');
      loaded.setSublistValue('item', 'isclosed', 0, true); loaded.save();
      const closed = record.load({ type: 'purchaseorder', id }); const between = closed.getValue('status');
      closed.setSublistValue('item', 'isclosed', 0, false); closed.save();
      return [before, between, record.load({ type: 'purchaseorder', id }).getValue('status')];`;
    expect(await runCode(box, 'record', body)).toEqual(['Pending Receipt', 'Closed', 'Pending Receipt']);
  });

  it('a refund opened for a customer by the default "entity" lists its credits (section_4267282996)', async () => {
    const body = `const made = record.create({ type: 'creditmemo' }); made.setValue('entity', 502); ${LINE}
      const credit = made.save();
      const refund = record.create({ type: 'customerrefund', defaultValues: { entity: 502 } });
      refund.setSublistValue('apply', 'apply', refund.findSublistLineWithValue('apply', 'internalid', String(credit)), true);
      refund.setValue('paymentmethod', 1);
      return [typeof refund.save(), record.load({ type: 'creditmemo', id: credit }).getValue('status')];`;
    expect(await runCode(box, 'record', body)).toEqual(['number', 'Fully Applied']);
  });

  it('a voided invoice says so (section_N563543)', async () => {
    const body = `const made = record.create({ type: 'invoice' }); made.setValue('entity', 501); ${LINE}
      const id = made.save();
      transaction.void({ type: 'invoice', id });
      const left = record.load({ type: 'invoice', id });
      return ['status', 'memo', 'total'].map((field) => left.getValue(field));`;
    expect(await runCode(box, 'record transaction', body)).toEqual(['Voided', 'VOID', 0]);
  });

  it('an address of the book knows its own printed text (section_4687606306)', async () => {
    const body = `return record.load({ type: 'customer', id: 501 }).getSublistSubrecord('addressbook', 'addressbookaddress', 0).getValue('addrtext');`;
    expect(await runCode(box, 'record', body)).toBe('1 Main St\nSpringfield IL 62701\nUnited States');
  });
});

it('time that was worked reads as hours and minutes, and as a number in searches and SuiteQL (section_157960542026)', async () => {
  const body = `const made = (hours) => { const entry = record.create({ type: 'timebill' });
      entry.setValue('employee', 2); entry.setValue('hours', hours); entry.setValue('trandate', new Date(2026, 2, 2)); return entry.save(); };
    const ids = [1.5, '8:00'].map(made);
    const refused = (() => { try { made('long'); } catch (e) { return e.name; } })();
    const rows = search.create({ type: 'timebill', columns: ['hours', 'durationdecimal', 'date'], filters: [['internalid', 'anyof', ids]] }).run().getRange(0, 9);
    return [ids.map((id) => record.load({ type: 'timebill', id }).getValue('hours')), rows.map((row) => row.columns.map((column) => row.getValue(column))),
      query.runSuiteQL({ query: 'SELECT SUM(hours) AS total FROM timebill' }).asMappedResults(), refused];`;
  expect(await runCode(box, 'search record query', body)).toEqual([
    ['1:30', '8:00'],
    [
      ['1:30', '1.5', '3/2/2026'],
      ['8:00', '8', '3/2/2026'],
    ],
    [{ total: 9.5 }],
    'INVALID_FLD_VALUE',
  ]);
});

it("a custom record's name is mandatory where its type includes it, unless it numbers itself", async () => {
  const xml = (id: string, more: string): object => ({
    xml: `<customrecordtype scriptid="customrecord_${id}"><recordname>${id}</recordname><includename>T</includename>${more}</customrecordtype>`,
  });
  await box.control('POST', 'objects', [xml('named', ''), xml('counted', '<enablenumbering>T</enablenumbering>')]);
  const body = `const made = (type) => { try { return typeof record.create({ type }).save(); } catch (e) { return e.name + ': ' + e.message; } };
    return ['customrecord_named', 'customrecord_counted', 'customrecord_visit'].map(made);`;
  expect(await runCode(box, 'record', body)).toEqual([
    'USER_ERROR: Please enter value(s) for: Name',
    'number',
    'number',
  ]);
});

it('columns that follow from other records have their values (section_N3352288)', async () => {
  const body = `const order = record.create({ type: 'salesorder' }); order.setValue('entity', 502); order.setText('trandate', '2/3/2026');
    order.setSublistValue('item', 'item', 0, 802); order.setSublistValue('item', 'quantity', 0, 1);
    const id = order.save();
    const row = (type, filters, columns) => { const found = search.create({ type, filters, columns }).run().getRange(0, 1)[0]; return columns.map((column) => found.getValue(column)); };
    return [row('customer', ['internalid', 'anyof', 502], ['firstorderdate', 'lastorderdate']), row('item', ['internalid', 'anyof', 802], ['baseprice', 'price2', 'subsidiary']),
      row('salesorder', [['internalid', 'anyof', id], 'and', ['mainline', 'is', 'F']], ['accounttype', 'createdby'])];`;
  expect(await runCode(box, 'search record', body)).toEqual([
    ['2/3/2026', '2/3/2026'],
    ['100.00', '90.00', '1'],
    ['Income', '-5'],
  ]);
});

it('payments and the documents they settle find each other in searches (section_N3352288)', async () => {
  const body = `const bill = record.create({ type: 'invoice' }); bill.setValue('entity', 502);
    bill.setSublistValue('item', 'item', 0, 802); bill.setSublistValue('item', 'quantity', 0, 1);
    const id = bill.save();
    const made = record.create({ type: 'customerpayment', isDynamic: true }); made.setValue('customer', 502); made.setValue('payment', 60);
    made.selectLine('apply', made.findSublistLineWithValue('apply', 'internalid', String(id)));
    made.setCurrentSublistValue('apply', 'apply', true); made.setCurrentSublistValue('apply', 'amount', 60); made.commitLine('apply');
    const payment = made.save();
    const found = (type, of, column) => search.create({ type, filters: [['internalid', 'anyof', of], 'and', ['mainline', 'is', 'T']], columns: [column] })
      .run().getRange(0, 9).map((row) => Number(row.getValue(column)));
    return [found('invoice', id, 'applyingtransaction'), found('invoice', id, 'payingtransaction.internalid'), found('customerpayment', payment, 'appliedtotransaction')]
      .map((ids, i) => ids.length === 1 && ids[0] === [payment, payment, id][i]);`;
  expect(await runCode(box, 'search record', body)).toEqual([true, true, true]);
});

it('refuses anyof on names and other free texts, and says which type is invalid in capitals (section_N3005018)', async () => {
  const body = `const error = (call) => { try { return call(); } catch (e) { return [e.name, e.message]; } };
    return [error(() => search.create({ type: 'customer', filters: [['entityid', 'anyof', 'Acme']] }).run().getRange(0, 1))[0],
      error(() => record.create({ type: 'customrecord_none' }))];`;
  expect(await runCode(box, 'search record', body)).toEqual([
    'SSS_INVALID_SRCH_OPERATOR',
    ['INVALID_RCRD_TYPE', 'The record type [CUSTOMRECORD_NONE] is invalid.'],
  ]);
});

it('a line inserted in dynamic mode is the current one (section_4273158210)', async () => {
  const body = `const made = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    const line = (quantity) => { made.setCurrentSublistValue('item', 'item', 802); made.setCurrentSublistValue('item', 'quantity', quantity); made.commitLine('item'); };
    made.selectNewLine('item'); line(1);
    made.insertLine({ sublistId: 'item', line: 0 }); line(7);
    return [0, 1].map((at) => made.getSublistValue('item', 'quantity', at)).concat(made.getLineCount('item'));`;
  expect(await runCode(box, 'record', body)).toEqual([7, 1, 2]);
});

it('the address of a file is a column of searches and of SuiteQL (section_157960542026)', async () => {
  const body = `const id = file.create({ name: 'url.txt', fileType: 'PLAINTEXT', contents: 'x', folder: -15 }).save();
    const url = file.load({ id }).url;
    return [url.startsWith('/core/media/media.nl?id=' + id), search.create({ type: 'file', filters: [['internalid', 'anyof', id]], columns: ['url'] }).run().getRange(0, 1)[0].getValue('url') === url,
      query.runSuiteQL({ query: 'SELECT url FROM file WHERE id = ?', params: [id] }).asMappedResults()[0].url === url];`;
  expect(await runCode(box, 'file search query', body)).toEqual([true, true, true]);
});

it('a form posted to a Suitelet by a script arrives as parameters (section_4567630582)', async () => {
  const suitelet = `/** @NApiVersion 2.1
    @NScriptType Suitelet */
    define([], () => ({ onRequest: ({ request, response }) => response.write(JSON.stringify([request.parameters.a, request.parameters.b])) }));`;
  const [scriptId, deploymentId] = ['customscript_form', 'customdeploy_form'];
  await box.control('POST', 'scripts', [
    { scriptId, type: 'suitelet', source: suitelet, deployments: [{ deploymentId, status: 'RELEASED' }] },
  ]);
  const body = `const ends = { scriptId: '${scriptId}', deploymentId: '${deploymentId}', method: 'POST' };
    const text = https.requestSuitelet({ ...ends, body: 'a=1&b=x%20y', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    return [JSON.parse(text.body), JSON.parse(https.requestSuitelet({ ...ends, body: { a: 2, b: 'z' } }).body)];`;
  expect(await runCode(box, 'https', body)).toEqual([
    ['1', 'x y'],
    ['2', 'z'],
  ]);
});

it('a task that was just submitted is pending (section_1508887826)', async () => {
  const [scriptId, deploymentId] = ['customscript_later', 'customdeploy_later'];
  const source = `/** @NApiVersion 2.1
    @NScriptType ScheduledScript */
    define([], () => ({ execute: () => undefined }));`;
  await box.control('POST', 'scripts', [
    { scriptId, type: 'scheduled', source, deployments: [{ deploymentId, status: 'NOTSCHEDULED' }] },
  ]);
  const body = `const taskId = task.create({ taskType: 'SCHEDULED_SCRIPT', scriptId: '${scriptId}', deploymentId: '${deploymentId}' }).submit();
    return task.checkStatus({ taskId }).status;`;
  expect(await runCode(box, 'task', body)).toBe('PENDING');
});

it('a loaded file is renamed and moved by its save, under its id; a new one learns no id (section_4229271179)', async () => {
  const body = `const folder = record.create({ type: 'folder' }); folder.setValue('name', 'Done'); const done = folder.save();
    const made = file.create({ name: 'a.txt', fileType: 'PLAINTEXT', contents: 'x', folder: -15 });
    const id = made.save();
    const loaded = file.load({ id }); loaded.name = 'b.txt'; loaded.folder = done;
    const gone = (() => { try { return file.load({ id: 'SuiteScripts/a.txt' }).path; } catch (e) { return e.name; } });
    return [made.id, loaded.save() === id, file.load({ id }).path, gone()];`;
  expect(await runCode(box, 'record file', body)).toEqual([null, true, 'Done/b.txt', 'RCRD_DSNT_EXIST']);
});

it('a renderer takes its record by position, too (section_456543212890)', async () => {
  const body = `const made = render.create(); made.templateContent = '\${c.companyname}';
    made.addRecord('c', record.load({ type: 'customer', id: 501 })); return made.renderAsString();`;
  expect(await runCode(box, 'record render', body)).toBe('Acme');
});

it('SuiteQL knows the types of custom records and the balance of stock (section_157960542026)', async () => {
  const body = `const rows = (sql) => query.runSuiteQL({ query: sql }).asMappedResults();
    return [rows("SELECT name, scriptid FROM customrecordtype WHERE scriptid = 'CUSTOMRECORD_VISIT'"),
      rows('SELECT item, location, binnumber, quantityonhand FROM inventorybalance WHERE item = 802')];`;
  expect(await runCode(box, 'query', body)).toEqual([[{ name: 'Visit', scriptid: 'CUSTOMRECORD_VISIT' }], []]);
});
