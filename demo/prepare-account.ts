import { makeFixtures, type Fixtures } from '../test/fixtures';
import type { Control } from './control';

const STRICT_FORM = 'Strict Customer Form';

export interface PreparedAccount {
  fixtures: Fixtures;
  /** True when this account has not seen the sample before. */
  fresh: boolean;
}

/** Puts the books in place that the sample meets: items, sales people, a form that demands a telephone number. Once per account. */
export async function prepareAccount(control: Control): Promise<PreparedAccount> {
  const subsidiaries = await control.all('subsidiary');
  const currencies = await control.all('currency');
  const known = (await control.all('customform')).find(({ fields }) => fields['name'] === STRICT_FORM);
  const strictForm = known?.id ?? (await seedForm(control));
  const fixtures = makeFixtures({
    subsidiary:
      subsidiaries.find(({ fields }) => fields['parent'] === undefined || fields['parent'] === null)?.id ?? '1',
    currency: currencies[0]?.id ?? '1',
    strictForm,
  });
  if (!known) await control.seed(fixtures.seed);
  return { fixtures, fresh: !known };
}

async function seedForm(control: Control): Promise<string> {
  const fields = { name: STRICT_FORM, recordtype: 'customer', mandatory: ['phone'], isinactive: false };
  const [form] = await control.seed([{ type: 'customform', fields }]);
  return form!.id;
}
