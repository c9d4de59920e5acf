import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** Runs the body of a RESTlet that sees `args`, `render`, `record`, `search` and `file`. */
const SOURCE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/render', 'N/record', 'N/search', 'N/file', 'N/runtime'], (render, record, search, file, runtime) => {
  const left = () => runtime.getCurrentScript().getRemainingUsage();
  const jobs = {
    template(args) {
      const r = render.create();
      r.templateContent = args.template;
      r.addCustomDataSource({ alias: 'd', format: args.format ?? render.DataSource.OBJECT, data: args.data });
      if (args.order) r.addRecord({ templateName: 'record', record: record.load({ type: 'salesorder', id: args.order }) });
      if (args.customers) r.addSearchResults({ templateName: 'rows', searchResult: search.create({ type: 'customer', columns: ['entityid', 'terms'] }).run().getRange(0, 9) });
      return r.renderAsString();
    },
    xmlToPdf({ xml }) {
      const before = left();
      const pdf = render.xmlToPdf({ xmlString: xml });
      pdf.name = 'a.pdf';
      pdf.folder = -15;
      const units = before - left();
      return { units, type: pdf.fileType, text: pdf.isText, id: pdf.save() };
    },
    print({ call, ...options }) {
      const before = left();
      const made = render[call](options);
      return { units: before - left(), name: made.name, type: made.fileType, html: made.isText ? made.getContents() : '' };
    },
    merge({ template, customer, order }) {
      const before = left();
      const merged = render.mergeEmail({ templateId: template, entity: { type: 'customer', id: customer }, transactionId: order });
      return { units: before - left(), subject: merged.subject, body: merged.body };
    },
  };
  return {
    post(args) {
      try { return { ok: jobs[args.job](args) }; } catch (e) { return { error: e.name, message: e.message }; }
    },
  };
});`;

let box: BlackBox;
let order = '';
let customer = '';
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'scripts', [
    {
      scriptId: 'customscript_render',
      type: 'restlet',
      path: 'SuiteScripts/render.js',
      source: SOURCE,
      deployments: [{ deploymentId: 'customdeploy_render' }],
    },
  ]);
  [customer = '', , order = ''] = await box.seed([
    { type: 'customer', fields: { companyname: 'Acme', entityid: 'Acme', subsidiary: '1', currency: '1', terms: '2' } },
    { type: 'serviceitem', id: '700', fields: { itemid: 'SETUP', baseprice: 5 } },
    {
      type: 'salesorder',
      fields: { entity: '1', tranid: 'SO77', trandate: '2026-03-04', total: 1250, subsidiary: '1', currency: '1' },
      sublists: { item: [{ item: '700', quantity: 250, rate: 5 }] },
    },
  ]);
  await box.control('POST', 'records', [{ type: 'salesorder', id: order, fields: { entity: customer } }]);
});
afterAll(() => box.close());

interface Answer {
  ok?: unknown;
  error?: string;
  message?: string;
}
const job = async (body: object): Promise<Answer> =>
  (await box.restlet('customscript_render', 'POST', body)).body as Answer;
const render = async (template: string, data: object = {}, more: object = {}): Promise<unknown> => {
  const { ok, error, message } = await job({ job: 'template', template, data, ...more });
  return error === undefined ? ok : `${error}: ${message ?? ''}`;
};

describe('templates are FreeMarker (bridgehead_3785741842)', () => {
  it.each([
    [
      'values and defaults',
      '${d.name?upper_case} ${d.none!"-"} ${(d.a.b.c)!"deep"} ${d.none!}',
      { name: 'Ann' },
      'ANN - deep ',
    ],
    ['operators', '${1 + 2 * 3} ${7 % 4} ${"n" + 1} ${(7 / 2)?string("0.00")}', {}, '7 3 n1 3.50'],
    [
      'numbers',
      '${d.n} ${d.n?c} ${d.n?string.currency} ${d.n?string["0.0"]}',
      { n: 1234.5 },
      '1,234.5 1234.5 $1,234.50 1234.5',
    ],
    [
      'conditions',
      '<#if d.n gt 5 && d.s == "x">A<#elseif d.n lte 3>B<#else>C</#if><#if (d.n > 7)>D</#if><#if d.q??>E</#if>',
      { n: 6, s: 'x' },
      'A',
    ],
    [
      'lists',
      '<#list d.xs as x>${x?index}${x}<#sep>, </#list>|<#list d.none![] as x>x<#else>none</#list>',
      { xs: ['a', 'b'] },
      '0a, 1b|none',
    ],
    ['loop variables', '<#list d.xs as x>${x_index}${x_has_next?c} </#list>', { xs: ['a', 'b'] }, '0true 1false '],
    [
      'totals',
      '<#assign t = 0>\n<#list d.ls as l>\n  <#assign t = t + l.q * l.p>\n</#list>\n${t?string("#,##0.00")}',
      {
        ls: [
          { q: 3, p: 0.1 },
          { q: 2, p: 600 },
        ],
      },
      '1,200.30',
    ],
    [
      'macros and functions',
      '<#macro m a b="-">[${a}${b}<#nested>]</#macro><@m a=1/><@m a=2 b="x">in</@m><#function f x><#return x * 2></#function>${f(4)}',
      {},
      '[1-][2xin]8',
    ],
    [
      'switch, break',
      '<#switch d.k><#case "a">A<#break><#case "b">B<#break><#default>Z</#switch><#list 1..9 as n>${n}<#if n == 2><#break></#if></#list>',
      { k: 'b' },
      'B12',
    ],
    [
      'texts',
      '${d.s?split(",")[1]} ${d.s?replace(",", "-")} ${d.s?html} ${d.s?length} ${d.s?contains("b")?string("yes", "no")}',
      { s: '<a>,b' },
      'b <a>-b &lt;a&gt;,b 5 yes',
    ],
    ['hashes', '<#list d.o as k, v>${k}=${v};</#list>${d.o?keys?join("/")}', { o: { p: 1, q: 2 } }, 'p=1;q=2;p/q'],
    ['dates', '${"2026-03-04"?date("yyyy-MM-dd")?string("MM/dd/yyyy")}', {}, '03/04/2026'],
    ['no directives', '<#noparse>${x}</#noparse><#-- gone -->', {}, '${x}'],
    ['strings with values', '${"Order ${d.id}"?upper_case}', { id: 5 }, 'ORDER 5'],
  ])('%s', async (_, template, data, expected) => {
    expect(await render(template, data)).toBe(expected);
  });

  it('lines of directives alone leave no line', async () => {
    expect(await render('a\n<#if true>\n  b\n</#if>\nc')).toBe('a\n  b\nc');
  });

  it.each([
    ['a missing value', '${d.x.y}', 'UNEXPECTED_ERROR: The following has evaluated to null or missing:\n==> d.x'],
    ['an open block', '<#if true>', 'UNEXPECTED_ERROR: Syntax error in template: </if> is missing.'],
    ['a sequence', '${[1]}', 'UNEXPECTED_ERROR: Expected a string or something automatically convertible'],
    ['a directive it lacks', '<#visit x>', 'EMULATOR_UNSUPPORTED: The template directive <#visit x>'],
    ['a built-in it lacks', '${1?ancestors}', 'EMULATOR_UNSUPPORTED: The template built-in ?ancestors'],
  ])('refuses %s', async (_, template, message) => {
    expect(await render(template)).toContain(message);
  });
});

describe('what templates see (bridgehead_3784766932, section_456543212890)', () => {
  it('a record: texts of selects, formatted dates and amounts, lines of its sublists, labels', async () => {
    const template =
      '${record.tranid} ${record.entity} ${record.trandate} ${record.total} ${record.entity@label}' +
      '<#list record.item as line> ${line.item} x${line.quantity}</#list><#if record.total gt 1000> big</#if>';
    expect(await render(template, {}, { order })).toBe('SO77 Acme 3/4/2026 1,250.00 Customer SETUP x250 big');
  });

  it('rows of a search by the names of the columns', async () => {
    expect(await render('<#list rows as r>${r.entityid}: ${r.terms}</#list>', {}, { customers: true })).toBe(
      'Acme: Net 30',
    );
  });

  it.each([
    ['JSON', '{"a":[1,2]}', '<#list d.a as n>${n};</#list>', '1;2;'],
    ['XML_STRING', '<r><b><t>1</t></b><b><t>2</t></b></r>', '<#list d.r.b as b>${b.t};</#list>', '1;2;'],
  ])('%s data', async (format, data, template, expected) => {
    expect((await job({ job: 'template', template, data, format })).ok).toBe(expected);
  });
});

describe('files and e-mails (section_4412042824)', () => {
  it('makes a PDF of XML for 10 units, and refuses XML that is not well-formed', async () => {
    const { ok } = await job({
      job: 'xmlToPdf',
      xml: '<?xml version="1.0"?><!DOCTYPE pdf PUBLIC "x" "y"><pdf><body><p>Hello &amp; bye</p></body></pdf>',
    });
    expect(ok).toMatchObject({ units: 10, type: 'PDF', text: false });
    const { fields } = (await box.control('GET', `records/file/${String((ok as { id: number }).id)}`)) as {
      fields: { contents: string };
    };
    const pdf = Buffer.from(fields.contents, 'base64').toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.4\n[\s\S]*\(Hello & bye\) Tj[\s\S]*%%EOF\n$/);
    expect(await job({ job: 'xmlToPdf', xml: '<pdf><body>' })).toMatchObject({
      error: 'USER_ERROR',
      message: expect.stringContaining('Error Parsing XML') as string,
    });
  });

  it('prints a transaction as PDF or HTML for 10 units', async () => {
    expect((await job({ job: 'print', call: 'transaction', entityId: Number(order) })).ok).toMatchObject({
      units: 10,
      name: 'SalesOrder_SO77.pdf',
      type: 'PDF',
    });
    const { ok } = await job({ job: 'print', call: 'transaction', entityId: Number(order), printMode: 'HTML' });
    expect(ok).toMatchObject({ type: 'HTMLDOC', html: expect.stringContaining('Item: SETUP') as string });
    expect(await job({ job: 'print', call: 'transaction', entityId: 999999 })).toMatchObject({
      error: 'RCRD_DSNT_EXIST',
    });
  });

  it('merges an e-mail template with records for 10 units', async () => {
    const [template] = await box.seed([
      {
        type: 'emailtemplate',
        fields: { name: 'T', subject: 'Order ${transaction.tranid}', content: 'Dear ${customer.companyName}' },
      },
    ]);
    expect(
      (await job({ job: 'merge', template: Number(template), customer: Number(customer), order: Number(order) })).ok,
    ).toEqual({ units: 10, subject: 'Order SO77', body: 'Dear Acme' });
  });
});
