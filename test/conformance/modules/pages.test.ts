import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

async function deploy(type: string, name: string, header: string, body: string): Promise<void> {
  const source = `/**\n * @NApiVersion 2.1\n * @NScriptType ${header}\n */\n${body}`;
  await box.control('POST', 'scripts', [
    {
      scriptId: `customscript_${name}`,
      type,
      source,
      deployments: [
        {
          deploymentId: `customdeploy_${name}`,
          status: 'RELEASED',
          ...(type === 'userevent' ? { recordType: 'customer' } : {}),
        },
      ],
    },
  ]);
}

describe('pages of N/ui/serverWidget (section_4321345532)', () => {
  it('writes a form: fields by display type, choices of a source list, lines, escaped values', async () => {
    await deploy(
      'suitelet',
      'page',
      'Suitelet',
      `define(['N/ui/serverWidget'], (ui) => ({ onRequest: ({ response }) => {
        const form = ui.createForm({ title: 'Orders & more' });
        form.addField({ id: 'custpage_hint', type: ui.FieldType.INLINEHTML, label: ' ' }).defaultValue = '<b>hint</b>';
        form.addField({ id: 'custpage_key', type: 'text', label: 'Key' })
          .updateDisplayType({ displayType: ui.FieldDisplayType.HIDDEN }).defaultValue = '"7"';
        form.addField({ id: 'custpage_term', type: ui.FieldType.SELECT, label: 'Terms', source: 'term' });
        form.addField({ id: 'custpage_day', type: ui.FieldType.DATE, label: 'Day' }).defaultValue = new Date(2026, 2, 4);
        const list = form.addSublist({ id: 'custpage_lines', type: ui.SublistType.LIST, label: 'Lines' });
        list.addField({ id: 'custpage_a', type: ui.FieldType.TEXT, label: 'A' });
        list.setSublistValue({ id: 'custpage_a', line: 1, value: '<x>' });
        form.addSubmitButton({ label: 'Go' });
        const options = form.getField({ id: 'custpage_term' }).getSelectOptions({ filter: 'Net 3', filteroperator: 'startswith' });
        response.setHeader({ name: 'X-Facts', value: JSON.stringify([list.lineCount, list.getSublistValue({ id: 'custpage_a', line: 0 }),
          options, form.getField({ id: 'nope' }), String(form)]) });
        response.writePage(form);
      } }));`,
    );
    const { access_token: token } = (await box.control('POST', 'token', { role: 3 })) as { access_token: string };
    const answer = await fetch(
      `${box.url}/app/site/hosting/scriptlet.nl?script=customscript_page&deploy=customdeploy_page`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    const html = await answer.text();
    expect(JSON.parse(answer.headers.get('x-facts') ?? '')).toEqual([
      2,
      null,
      [{ value: '2', text: 'Net 30' }],
      null,
      'serverWidget.Form',
    ]);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('<h1>Orders &amp; more</h1>');
    expect(html).toContain('<b>hint</b>');
    expect(html).toContain('<input type="hidden" name="custpage_key" value="&quot;7&quot;">');
    expect(html).toContain('<td>&lt;x&gt;</td>');
    expect(html).toContain('<option value="2">Net 30</option>');
    expect(html).toContain('name="custpage_day" value="3/4/2026"');
  });

  it('refuses an unknown type and a missing label by name', async () => {
    await deploy(
      'suitelet',
      'wrong',
      'Suitelet',
      `define(['N/ui/serverWidget'], (ui) => ({ onRequest: ({ response }) => {
        const form = ui.createForm({ title: 'x' });
        const name = (call) => { try { call(); return 'none'; } catch (e) { return e.name; } };
        response.write(JSON.stringify([name(() => form.addField({ id: 'custpage_a', type: 'NOPE', label: 'A' })),
          name(() => form.addField({ id: 'custpage_b', type: 'TEXT' })), name(() => ui.createForm({}))]));
      } }));`,
    );
    const { access_token: token } = (await box.control('POST', 'token', { role: 3 })) as { access_token: string };
    const answer = await fetch(
      `${box.url}/app/site/hosting/scriptlet.nl?script=customscript_wrong&deploy=customdeploy_wrong`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(await answer.json()).toEqual([
      'SSS_INVALID_TYPE_ARG',
      'SSS_MISSING_REQD_ARGUMENT',
      'SSS_MISSING_REQD_ARGUMENT',
    ]);
  });

  it("gives beforeLoad the record's own form: its fields and lines are the record's (section_4407991781)", async () => {
    const [id] = await box.seed([
      {
        type: 'customer',
        fields: { entityid: 'Form', companyname: 'Form', subsidiary: '1', comments: 'old' },
        sublists: { addressbook: [{ label: 'HQ', addressbookaddress: { addr1: '1 Main', country: 'US' } }] },
      },
    ]);
    await deploy(
      'userevent',
      'form',
      'UserEventScript',
      `define(['N/ui/serverWidget', 'N/ui/message', 'N/log'], (ui, message, log) => ({ beforeLoad: ({ form }) => {
        form.addButton({ id: 'custpage_b', label: 'Press', functionName: 'press' });
        form.addPageInitMessage({ type: message.Type.WARNING, title: 't', message: 'm' });
        form.clientScriptModulePath = './client.js';
        form.getField({ id: 'comments' }).updateDisplayType({ displayType: ui.FieldDisplayType.INLINE }).defaultValue = 'new';
        const lines = form.getSublist({ id: 'addressbook' });
        log.audit('form', [form.getField({ id: 'comments' }).label, lines.lineCount, lines.getField({ id: 'label' }).id,
          lines.getSublistValue({ id: 'label', line: 0 }), form.getField({ id: 'custpage_zz' }), form.getSublist({ id: 'zz' })]);
      } }));`,
    );
    const opened = (await box.control('POST', 'ui/open', { type: 'customer', id, event: 'edit' })) as {
      fields: { comments: string };
    };
    expect(opened.fields.comments).toBe('new');
    const [execution] = (await box.control('GET', 'executions?scriptId=customscript_form')) as {
      logs: { details: string }[];
    }[];
    expect(execution?.logs[0]?.details).toBe('["Comments",1,"label","HQ",null,null]');
  });
});
