import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

async function run(
  modules: string[],
  code: string,
  config = {},
): Promise<{ body: unknown; ledger: (name: string) => object[]; logs: unknown }> {
  const account = await openDeployedAccount({ scripts: [restletSpec('x', modules, code)], config });
  try {
    const { body, error, execution } = await postTo(account, 'x');
    return {
      body: error ? { error: error.name, message: error.message } : body,
      ledger: (name) => [...account.ledgers.list(name)],
      logs: execution.logs,
    };
  } finally {
    await account.close();
  }
}

describe('N/log (section_N3352137)', () => {
  it('cuts titles at 99 and details at 3,999 characters, writes objects as JSON, never throws', async () => {
    const { logs } = await run(
      ['N/log'],
      `log.debug('t'.repeat(120), 'd'.repeat(5000)); log.audit({title: '', details: {a: [1]}}); log.error('e', undefined); log.emergency(null, 7); const c = {}; c.c = c; log.debug('circle', c); return 1`,
    );
    expect(logs).toEqual([
      { level: 'DEBUG', title: 't'.repeat(99), details: 'd'.repeat(3999) },
      { level: 'AUDIT', title: 'Untitled', details: '{"a":[1]}' },
      { level: 'ERROR', title: 'e', details: '' },
      { level: 'EMERGENCY', title: 'Untitled', details: '7' },
      { level: 'DEBUG', title: 'circle', details: '[object Object]' },
    ]);
  });
});

describe('log governance (section_N3352137)', () => {
  it('raises the log level of a deployment that logs too much, without an error', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/log', 'N/runtime'],
          `for (let i = 0; i < 5; i++) log.debug('i', i); return runtime.getCurrentScript().logLevel`,
        ),
      ],
      config: { settings: { logCallsPerHour: 8 } },
    });
    try {
      const levels = [];
      for (let i = 0; i < 3; i++) levels.push((await postTo(account, 'x')).body);
      expect(levels).toEqual(['DEBUG', 'DEBUG', 'AUDIT']);
    } finally {
      await account.close();
    }
  });
});

describe('mass update and workflow action scripts', () => {
  it('get a record type and a numeric id; a record and its return value', async () => {
    const header = (type: string): string => `/**\n * @NApiVersion 2.1\n * @NScriptType ${type}\n */\n`;
    const account = await openDeployedAccount({
      scripts: [
        {
          scriptId: 'customscript_mu',
          type: 'massupdate',
          source: `${header('MassUpdateScript')}define(['N/record'], (record) => ({ each: ({ type, id }) => record.submitFields({ type, id, values: { comments: typeof id } }) }));`,
        },
        {
          scriptId: 'customscript_wa',
          type: 'workflowaction',
          source: `${header('WorkflowActionScript')}define([], () => ({ onAction: ({ newRecord }) => { newRecord.setValue('comments', 'acted'); return newRecord.getValue('companyname').length; } }));`,
        },
      ],
    });
    try {
      const record = account.store.put({
        type: 'customer',
        id: null,
        externalId: null,
        version: 0,
        fields: { companyname: 'Acme', subsidiary: '1' },
        sublists: {},
        subrecords: {},
      });
      const user = { entity: -5, role: 3 };
      const run = (name: string, type: string, entry: string, input: unknown) =>
        account.run({
          scriptId: `customscript_${name}`,
          deploymentId: `customdeploy_${name}`,
          type,
          entry,
          input,
          user,
          context: type.toUpperCase(),
          unitsLimit: 1000,
          virtualMsLimit: 300_000,
        });
      expect((await run('mu', 'massupdate', 'each', { type: 'customer', id: record.id })).execution.unitsUsed).toBe(5);
      expect(account.store.get('customer', record.id ?? '')?.fields.comments).toBe('number');
      const { output } = await run('wa', 'workflowaction', 'onAction', { newRecord: record, oldRecord: null });
      expect(output).toMatchObject({ returned: 4, newRecord: { fields: { comments: 'acted' } } });
    } finally {
      await account.close();
    }
  });
});

describe('N/error (section_4243798608)', () => {
  it('makes errors that are no Error, with id null, and eight aliases in its Type', async () => {
    const { body } = await run(
      ['N/error'],
      `const e = error.create({name: 'X', message: 'm'}); return [e instanceof Error, e.id, e.type, e.cause, e.notifyOff, JSON.parse(String(e)).name, error.Type.MISSING_REQD_ARGUMENT, error.Type.INVALID_KEY_OR_REF]`,
    );
    expect(body).toEqual([
      false,
      null,
      'error.SuiteScriptError',
      { name: 'X', message: 'm', notifyOff: false },
      false,
      'X',
      'SSS_MISSING_REQD_ARGUMENT',
      'WS_INVALID_REFERENCE_KEY_1',
    ]);
  });

  it('an error given as cause shows the frames of scripts alone', async () => {
    const { body } = await run(
      ['N/error'],
      `try { null.x } catch (thrown) { return error.create({name: 'X', message: 'm', cause: thrown}).cause }`,
    );
    const { message, stack } = body as { message: string; stack: string };
    expect(message).toContain('null');
    const frames = stack.split('\n').slice(1);
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.every((frame) => frame.includes('/SuiteScripts/'))).toBe(true);
  });
});

describe('N/runtime (section_4296359529)', () => {
  it('tells account, user, script and context', async () => {
    const { body } = await run(
      ['N/runtime'],
      `const u = runtime.getCurrentUser(); const s = runtime.getCurrentScript(); let e; try { s.percentComplete } catch (x) { e = x.name }
       return [runtime.accountId, runtime.envType, runtime.executionContext, runtime.ContextType.MAP_REDUCE, u.id, u.role, u.getPermission('TRAN_SALESORD'), s.id, s.deploymentId, e,
         runtime.isFeatureInEffect({feature: 'SUBSIDIARIES'}), runtime.isFeatureInEffect('NOSUCHFEATURE'), runtime.processorCount, u.getPreference('DATEFORMAT')]`,
    );
    expect(body).toEqual([
      'TSTDRV1000001',
      'PRODUCTION',
      'RESTLET',
      'MAPREDUCE',
      -5,
      3,
      4,
      'customscript_x',
      'customdeploy_x',
      'SSS_OPERATION_UNAVAILABLE',
      true,
      false,
      2,
      'M/D/YYYY',
    ]);
  });
});

describe('N/format (section_4388721627)', () => {
  it("writes and reads dates and numbers by the account's preferences", async () => {
    const { body } = await run(
      ['N/format'],
      `const d = new Date(2026, 2, 7, 15, 4, 5);
       const back = format.parse({value: '07-Mar-2026', type: format.Type.DATE});
       return [format.format({value: d, type: format.Type.DATE}), format.format({value: 1234.5, type: format.Type.CURRENCY}), format.parse({value: '1,234.50', type: 'currency'}),
         [back.getFullYear(), back.getMonth(), back.getDate()], format.format({value: new Date(Date.UTC(2026, 0, 1, 12)), type: format.Type.DATETIMETZ, timezone: format.Timezone.ASIA_TOKYO}),
         format.parse({value: 'x', type: 'date'}), format.parse({value: 't', type: 'checkbox'})]`,
      { dateFormat: 'DD-Mon-YYYY' },
    );
    expect(body).toEqual(['07-Mar-2026', '1,234.50', 1234.5, [2026, 2, 7], '01-Jan-2026 9:00:00 pm', 'x', false]);
  });
});

describe('N/url (section_4358552361)', () => {
  it('resolves domains, records, scripts and query strings', async () => {
    const { body } = await run(
      ['N/url'],
      `let e; try { url.resolveScript({scriptId: 'customscript_none', deploymentId: 'x'}) } catch (x) { e = [x.name, x.message] }
       return [url.resolveDomain({hostType: url.HostType.RESTLET}), url.resolveDomain({hostType: 'application', accountId: '123_SB1'}), url.format({domain: 'https://x', params: {a: 'b c', d: [1, 2]}}),
         url.resolveScript({scriptId: 'customscript_x', deploymentId: 'customdeploy_x', params: {q: 1}}).replace(/script=\\d+/, 'script=N'), url.resolveRecord({recordType: 'CUSTOMER', recordId: 7, isEditMode: true}), e]`,
    );
    expect(body).toEqual([
      'tstdrv1000001.restlets.api.netsuite.com',
      '123-sb1.app.netsuite.com',
      'https://x?a=b+c&d[]=1&d[]=2',
      '/app/site/hosting/restlet.nl?script=N&deploy=1&compid=TSTDRV1000001&q=1',
      '/app/common/entity/custjob.nl?id=7&compid=TSTDRV1000001&e=T',
      ['INVALID_ID', 'You have provided an invalid script id or internal id: customscript_none'],
    ]);
  });
});

describe('N/email (section_4358552361)', () => {
  it('keeps what is sent and refuses bad addresses', async () => {
    const { body, ledger } = await run(
      ['N/email', 'N/file', 'N/runtime'],
      `const of = (f) => { try { f(); return null } catch (e) { return e.name } };
       email.send({author: -5, recipients: ['a@example.com', 'b@example.com'], subject: 'Hi', body: 'Text', attachments: [file.create({name: 'a.txt', fileType: 'PLAINTEXT', contents: 'A'})]});
       return [of(() => email.send({author: 99, recipients: 'a@example.com', subject: '', body: ''})), of(() => email.send({author: -5, recipients: 'nobody', subject: '', body: ''})),
         of(() => email.send({author: -5, recipients: Array.from({length: 11}, (_, i) => i + '@example.com'), subject: '', body: ''})), of(() => email.send({author: -5, subject: '', body: ''})), runtime.getCurrentScript().getRemainingUsage()]`,
    );
    expect(body).toEqual([
      'SSS_AUTHOR_MUST_BE_EMPLOYEE',
      'SSS_INVALID_TO_EMAIL',
      'SSS_MAXIMUM_NUMBER_RECIPIENTS_EXCEEDED',
      'SSS_MISSING_REQD_ARGUMENT',
      4920,
    ]);
    expect(ledger('email')).toEqual([
      {
        author: -5,
        recipients: ['a@example.com', 'b@example.com'],
        cc: [],
        bcc: [],
        subject: 'Hi',
        body: 'Text',
        attachments: [{ name: 'a.txt', fileType: 'PLAINTEXT', contents: 'A' }],
        scriptId: 'customscript_x',
      },
    ]);
  });
});

describe('N/currency, N/config, N/format/i18n, N/workflow', () => {
  it("answers from the account's data, bills 10, and names what it lacks", async () => {
    const { body, ledger } = await run(
      ['N/currency', 'N/config', 'N/format/i18n', 'N/workflow', 'N/runtime'],
      `const i18n = format_i18n; const of = (f) => { try { return f() } catch (e) { return e.name + ': ' + e.message } };
       const before = runtime.getCurrentScript().getRemainingUsage();
       const rate = currency.exchangeRate({source: 'EUR', target: 'USD'});
       const used = before - runtime.getCurrentScript().getRemainingUsage();
       const company = config.load({type: config.Type.COMPANY_INFORMATION});
       workflow.initiate({recordType: 'customer', recordId: 1, workflowId: 'customworkflow_x'});
       return [rate, used, of(() => currency.exchangeRate({source: 'XXX', target: 'USD'})), company.getValue({fieldId: 'companyid'}), of(() => company.getValue({fieldId: 'fiscalmonth'})), i18n.getCurrencyFormatter({currency: 'JPY'}).format({number: 1234})]`,
    );
    expect(body).toEqual([
      1.09,
      10,
      'SSS_INVALID_CURRENCY_ID: The currency ID is not valid, or the currency is not available in this account.',
      'TSTDRV1000001',
      'EMULATOR_UNSUPPORTED: The field fiscalmonth of the configuration page companyinformation is not available in this emulator.',
      '¥1,234',
    ]);
    expect(ledger('tasks')).toMatchObject([
      { taskType: 'workflow.initiate', recordType: 'customer', workflowId: 'customworkflow_x' },
    ]);
  });
});

describe('pages of N/config (section_4259186442)', () => {
  it("tell the company's country and addresses, and how dates and times are shown", async () => {
    const { body } = await run(
      ['N/config'],
      `const company = config.load({type: config.Type.COMPANY_INFORMATION});
       const mine = config.load({type: config.Type.USER_PREFERENCES});
       return [company.getValue('country'), company.getValue('appurl'), company.getValue('legalname'), mine.getValue('DATEFORMAT'), mine.getValue({fieldId: 'TIMEFORMAT'})]`,
    );
    expect(body).toEqual(['US', 'https://tstdrv1000001.app.netsuite.com', 'Parent Company', 'M/D/YYYY', 'h:mm a']);
  });
});

describe('Company Information (bridgehead_N3253690)', () => {
  const read = `const company = config.load({type: config.Type.COMPANY_INFORMATION});
    return ['mainaddress_text', 'url', 'displaylogointernally'].map((fieldId) => company.getValue({fieldId}))`;

  it('is empty where the company left it empty', async () => {
    expect((await run(['N/config'], read)).body).toEqual(['', '', false]);
  });

  it('is what the setting configuration says', async () => {
    const configuration = { companyinformation: { mainaddress_text: '1 Main St', url: 'https://x.example' } };
    const { body } = await run(['N/config'], read, { settings: { configuration } });
    expect(body).toEqual(['1 Main St', 'https://x.example', false]);
  });
});

describe('what the emulator lacks', () => {
  it('loads, and throws by name when it is used', async () => {
    const { body } = await run(
      ['N/sftp'],
      `const of = (f) => { try { return f() } catch (e) { return e.message } }; return of(() => sftp.createConnection({}))`,
    );
    expect(body).toBe('sftp.createConnection is not available in this emulator.');
  });
});

describe('N/scriptTypes/restlet', () => {
  it('lets a RESTlet choose its content type', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/scriptTypes/restlet'],
          `return scriptTypes_restlet.createResponse({content: '<a/>', contentType: 'application/xml'})`,
        ),
      ],
    });
    const result = await account.run({
      scriptId: 'customscript_x',
      deploymentId: 'customdeploy_x',
      type: 'restlet',
      entry: 'post',
      input: { argument: {}, format: 'json' },
      user: { entity: -5, role: 3 },
      context: 'RESTLET',
      unitsLimit: 5000,
      virtualMsLimit: 300_000,
    });
    await account.close();
    expect(result.output).toEqual({ content: '<a/>', contentType: 'application/xml' });
  });
});
