import { captureAccount } from '../../../emulator/kernel/capture-account';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

const form = (id: string, preferred: string, field: string): string =>
  `<entryForm scriptid="custform_${id}" standard="STANDARDCUSTOMERFORM"><name>${id}</name><recordType>CUSTOMER</recordType><preferred>${preferred}</preferred><mainFields><fieldGroup scriptid="fieldgroup_main"><label>Main</label><fields position="MIDDLE"><field><id>${field}</id><label>x</label><mandatory>T</mandatory></field><field><id>FAX</id><label>Fax</label><mandatory>F</mandatory></field></fields></fieldGroup></mainFields></entryForm>`;

it('an SDF form opens new records when preferred and demands its mandatory fields (SDF entryForm, transactionForm)', async () => {
  const account = await openDeployedAccount({
    objects: [form('phone', 'T', 'PHONE'), form('other', 'F', 'FAX')],
    scripts: [
      restletSpec(
        'forms',
        ['N/record'],
        `const made = record.create({type: 'customer'});
         made.setValue('companyname', 'A').setValue('subsidiary', 1);
         if (args.phone) made.setValue('phone', args.phone);
         const form = made.getText('customform');
         try { return [form, typeof made.save()] } catch (e) { return [form, e.name, e.message] }`,
      ),
    ],
  });
  try {
    expect((await postTo(account, 'forms')).body).toEqual(['phone', 'USER_ERROR', 'Please enter value(s) for: Phone']);
    expect((await postTo(account, 'forms', { phone: '+49 30 1234567' })).body).toEqual(['phone', 'number']);
  } finally {
    await account.close();
  }
});

it('a form that was added since the deployment opens new records until the account is reset', async () => {
  const account = await openDeployedAccount({
    objects: [],
    scripts: [restletSpec('form', ['N/record'], "return record.create({type: 'customer'}).getText('customform')")],
  });
  try {
    const restore = captureAccount(account);
    const opens = async (): Promise<unknown> => (await postTo(account, 'form')).body;
    expect(await opens()).toBe('Standard Customer Form');
    const [standard] = account.store.list('customform').filter(({ fields }) => fields.recordtype === 'customer');
    account.store.put({ ...standard!, fields: { ...standard!.fields, preferred: false } });
    account.store.put({ ...standard!, id: null, fields: { ...standard!.fields, name: 'Later', preferred: true } });
    expect(await opens()).toBe('Later');
    restore();
    expect(await opens()).toBe('Standard Customer Form');
  } finally {
    await account.close();
  }
});
