import type { AccountKernel } from '../../../emulator/kernel/account';
import type { Json } from '../../../emulator/kernel/types';
import { SCRIPT_LIMITS } from '../../../emulator/kernel/governance';
import { ADMINISTRATOR, openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

let account: AccountKernel;
afterEach(() => account.close());

const tried = `const tried = (code) => { try { const found = code(); return found === undefined ? 'done' : found } catch (e) { return e.name } };`;

describe('task links', () => {
  it('lead to the pages of records and scripts with their parameters; others are refused by name (section_4358672296)', async () => {
    account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/url'],
          `${tried} const link = (id, params) => tried(() => url.resolveTaskLink({ id, params }));
return [link('CARD_-29'), link('EDIT_TRAN_SALESORD', { entity: 5 }), link('EDIT_CUSTJOB'), link('LIST_MAPREDUCESCRIPTSTATUS'), link('ADMI_SHIPPING'), tried(() => url.resolveTaskLink({}))]`,
        ),
      ],
    });
    expect((await postTo(account, 'x')).body).toEqual([
      '/app/center/card.nl?sc=-29',
      '/app/accounting/transactions/salesord.nl?entity=5',
      '/app/common/entity/custjob.nl',
      '/app/common/scripting/mapreducescriptstatus.nl',
      'EMULATOR_UNSUPPORTED',
      'INVALID_TASK_ID',
    ]);
  });

  it.each([
    [
      'a task link (section_4424988740)',
      `redirect.toTaskLink({ id: 'LIST_SCRIPTSTATUS', parameters: { date: 'TODAY' } })`,
      '/app/common/scripting/scriptstatus.nl?date=TODAY',
    ],
    [
      'a record made from another (section_157713182405)',
      `redirect.toRecordTransform({ fromType: 'salesorder', fromId: 7, toType: 'invoice', parameters: { 'record.memo': 'x' } })`,
      '/app/accounting/transactions/custinvc.nl?transform=salesord&id=7&record.memo=x',
    ],
  ])('a Suitelet redirects to %s', async (_what, code, location) => {
    account = await openDeployedAccount({
      scripts: [
        {
          scriptId: 'customscript_s',
          type: 'suitelet',
          source: `/**\n * @NApiVersion 2.1\n * @NScriptType Suitelet\n */\ndefine(['N/redirect'], (redirect) => ({ onRequest: () => { ${code} } }));`,
        },
      ],
    });
    const { units, ms } = SCRIPT_LIMITS.suitelet;
    const { output, error } = await account.run({
      scriptId: 'customscript_s',
      deploymentId: 'customdeploy_s',
      type: 'suitelet',
      entry: 'onRequest',
      input: {
        method: 'GET',
        url: 'http://localhost/',
        headers: {},
        parameters: {},
        body: '',
        clientIpAddress: '',
        files: {},
      },
      user: ADMINISTRATOR,
      context: 'SUITELET',
      unitsLimit: units,
      virtualMsLimit: ms,
    });
    expect(error).toBeUndefined();
    expect(output).toMatchObject({ redirect: location });
  });

  it('outside a page redirects do nothing, and a transformation that there is not is refused (section_157713182405)', async () => {
    account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/redirect'],
          `${tried} return [tried(() => redirect.toTaskLink({ id: 'ADMI_SHIPPING' })), tried(() => redirect.toTaskLink({})),
tried(() => redirect.toRecordTransform({ fromType: 'salesorder', fromId: 7, toType: 'customer' })), tried(() => redirect.toRecordTransform({ fromType: 'salesorder', toType: 'invoice' }))]`,
        ),
      ],
    });
    expect((await postTo(account, 'x')).body).toEqual([
      'done',
      'SSS_MISSING_REQD_ARGUMENT',
      'INVALID_RCRD_TRANSFRM',
      'SSS_MISSING_REQD_ARGUMENT',
    ]);
  });
});

describe('crypto.checkPasswordField (section_160806904480)', () => {
  it('compares a password of a record, and is free', async () => {
    account = await openDeployedAccount({
      objects: [
        `<entitycustomfield scriptid="custentity_door"><label>Door</label><fieldtype>PASSWORD</fieldtype><appliestocustomer>T</appliestocustomer></entitycustomfield>`,
      ],
      scripts: [
        restletSpec(
          'x',
          ['N/crypto'],
          `${tried} const check = (more) => tried(() => crypto.checkPasswordField({ recordType: 'customer', recordId: args.id, fieldId: 'custentity_door', value: 'sesame', ...more }));
return [check(), check({ value: 'Sesame' }), check({ recordId: args.other }), check({ recordId: 99999 }), check({ fieldId: 'email' }), check({ value: '' })]`,
        ),
      ],
    });
    const customer = (fields: Record<string, string>): string =>
      account.store.put({
        type: 'customer',
        id: null,
        externalId: null,
        version: 0,
        fields,
        sublists: {},
        subrecords: {},
      }).id ?? '';
    const ids: Json = { id: customer({ custentity_door: 'sesame' }), other: customer({}) };
    const { body, execution } = await postTo(account, 'x', ids);
    expect(body).toEqual([true, false, false, 'RCRD_DSNT_EXIST', 'EMULATOR_UNSUPPORTED', 'SSS_MISSING_REQD_ARGUMENT']);
    expect(execution.unitsUsed).toBe(0);
  });
});
