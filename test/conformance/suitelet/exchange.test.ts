import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

/** Deploys `onRequest` and answers its address. */
async function suitelet(name: string, modules: string[], code: string): Promise<string> {
  const names = modules.map((module) => module.split('/').slice(1).join('_')).join(', ');
  const source = `/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define(${JSON.stringify(modules)}, (${names}) => ({ onRequest: ({ request, response }) => { ${code} } }));`;
  const [made] = (await box.control('POST', 'scripts', [
    { scriptId: `customscript_${name}`, type: 'suitelet', source },
  ])) as { deployments: { url: string }[] }[];
  return made?.deployments[0]?.url ?? '';
}

describe("a Suitelet's request (section_4314608702)", () => {
  it('tells the lines of a posted sublist, by options and by position; -1 and null for what was not posted', async () => {
    const url = await suitelet(
      'lines',
      [],
      `const at = (name, line) => request.getSublistValue({ group: 'custpage_items', name, line });
       const refused = () => { try { request.getLineCount({}) } catch (e) { return e.name } };
       response.write(JSON.stringify([request.method, request.getLineCount({ group: 'custpage_items' }), request.getLineCount('custpage_none'),
         at('custpage_item', 0), at('custpage_qty', 1), at('custpage_other', 0), at('custpage_item', 7),
         request.getSublistValue('custpage_items', 'custpage_qty', 0), refused()]));`,
    );
    const form = new URLSearchParams({
      custpage_itemsfields: 'custpage_item\u0001custpage_qty',
      custpage_itemsdata: 'A\u00012\u0002B\u00015',
    });
    const answer = await fetch(url, { method: 'POST', body: form });
    expect(await answer.json()).toEqual(['POST', 2, -1, 'A', '5', null, null, '2', 'SSS_MISSING_REQD_ARGUMENT']);
  });

  it('hands over uploads as files that the script may save, beside the other fields (section_4314805947)', async () => {
    const url = await suitelet(
      'upload',
      ['N/file'],
      `const { custpage_file: given } = request.files;
       given.folder = -15;
       const stored = file.load({ id: given.save() });
       response.write(JSON.stringify([Object.keys(request.files), stored.name, stored.fileType, stored.getContents(), request.parameters.custpage_note]));`,
    );
    const form = new FormData();
    form.set('custpage_file', new Blob(['a,b\n1,2\n']), 'rows.csv');
    form.set('custpage_empty', new Blob([]), '');
    form.set('custpage_note', 'näh');
    const answer = await fetch(url, { method: 'POST', body: form });
    expect(await answer.json()).toEqual([['custpage_file'], 'rows.csv', 'CSV', 'a,b\n1,2\n', 'näh']);
  });
});

describe("a Suitelet's response (section_4314609319)", () => {
  it.each([
    ['', 'attachment;filename="rows.csv"'],
    [', isInline: true', 'inline;filename="rows.csv"'],
  ])('writes a file with its type%s (section_4426015540)', async (inline, disposition) => {
    const url = await suitelet(
      'file',
      ['N/file'],
      `response.writeFile({ file: file.create({ name: 'rows.csv', fileType: file.Type.CSV, contents: 'a' })${inline} });`,
    );
    const answer = await fetch(url);
    expect([
      answer.headers.get('content-type'),
      answer.headers.get('content-disposition'),
      await answer.text(),
    ]).toEqual(['text/csv', disposition, 'a']);
  });

  it('writes a file whose name no header can hold as it is', async () => {
    const url = await suitelet(
      'named',
      ['N/file'],
      `response.writeFile({ file: file.create({ name: 'a – "b".csv', fileType: file.Type.CSV, contents: 'a' }) });`,
    );
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-disposition'), await answer.text()]).toEqual([
      200,
      `attachment;filename="a _ _b_.csv"; filename*=UTF-8''a%20%E2%80%93%20%22b%22.csv`,
      'a',
    ]);
  });

  it.each([
    ["{ type: 'RECORD', identifier: 'customer', id: 7, editMode: true }", /custjob\.nl\?id=7&compid=.*&e=T$/],
    [
      "{ type: 'SUITELET', identifier: 'customscript_go', id: 'customdeploy_go', parameters: { a: 1 } }",
      /scriptlet\.nl\?.*&a=1$/,
    ],
    ['{ type: http.RedirectType.MEDIA_ITEM, identifier: 12 }', /media\.nl\?id=12/],
  ])('redirects to %s with 302 (section_4315616450)', async (target, expected) => {
    const url = await suitelet('go', ['N/http'], `response.sendRedirect(${target});`);
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(expected);
  });

  it.each([
    ["{ type: 'SOMEWHERE', identifier: 'x' }", 'SSS_INVALID_URL_CATEGORY'],
    ["{ type: 'RECORD', identifier: 'nosuch' }", 'SSS_INVALID_RECORD_TYPE'],
    ["{ type: 'SUITELET', identifier: 'customscript_none', id: '1' }", 'SSS_INVALID_SCRIPT_ID_1'],
    ["{ type: 'RECORD' }", 'SSS_MISSING_REQD_ARGUMENT'],
  ])('refuses to redirect to %s: %s (section_4315616450)', async (target, name) => {
    const url = await suitelet(
      'nowhere',
      [],
      `try { response.sendRedirect(${target}); } catch (e) { response.write(e.name); }`,
    );
    expect(await (await fetch(url)).text()).toBe(name);
  });
});

it("a header's value may not hold a line break or what no header can carry (section_4314609319)", async () => {
  const url = await suitelet(
    'header',
    [],
    `const set = (method, value) => { try { response[method]({ name: 'X-A', value }); return 'set' } catch (e) { return e.name } };
     response.write(JSON.stringify([set('setHeader', 'a\\r\\nb'), set('addHeader', '\\u2013'), set('setHeader', 'a\\tb')]));`,
  );
  const answer = await fetch(url);
  expect(await answer.json()).toEqual(['SSS_INVALID_HEADER', 'SSS_INVALID_HEADER', 'set']);
  expect(answer.headers.get('x-a')).toBe('a\tb');
});

it("a header's value leaves in Latin-1, whatever the text beside it holds", async () => {
  const url = await suitelet(
    'accents',
    [],
    `response.setHeader({ name: 'X-City', value: 'Orl\\u00e9ans' }); response.write('\\u2013 Orl\\u00e9ans');`,
  );
  const answer = await fetch(url);
  expect([answer.headers.get('x-city'), await answer.text()]).toEqual(['Orléans', '– Orléans']);
});
