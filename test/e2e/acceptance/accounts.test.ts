import { Acceptance, account, customerId, edited, salesforceId, withChecksum } from '../../helpers/acceptance';

jest.setTimeout(240_000);

let world: Acceptance;
beforeAll(async () => {
  world = await Acceptance.start();
});
afterAll(() => world?.close());

it('A01: an account makes the right customer, and an edit changes that customer and no other', async () => {
  const acme = account({ Name: 'Acme', Phone: '+1 503 555 0100' });
  const other = account({ Name: 'Acme' });
  const first = await world.send('salesforce', 'Account', acme);
  // A second account of the same name is a candidate only: a person decides, nothing is guessed.
  const second = await world.send('salesforce', 'Account', other);
  const changed = await world.send('salesforce', 'Account', edited(acme, { Phone: '+1 503 555 0199' }));
  expect([first.result, second.state, changed.result]).toEqual(['created', 'review', 'updated']);
  expect(second.error).toMatchObject({ class: 'conflict' });
  expect(changed.changes).toEqual([
    expect.objectContaining({ field: 'phone', old: '+1 503 555 0100', new: '+1 503 555 0199' }),
  ]);
  const held = await world.held('customer', customerId(acme.Id));
  expect(held).toMatchObject({ id: first.internalId, fields: { companyname: 'Acme', phone: '+1 503 555 0199' } });
  expect(held?.fields['custentity_srl_crm_id']).toBe(acme.Id);
  expect(await world.held('customer', customerId(other.Id))).toBeNull();
});

it('A01: NetSuite’s id is written back to the account in the CRM', async () => {
  const [known] = world.stage.fixtures.accounts.filter(({ source }) => source === 'salesforce');
  const told = await world.send('salesforce', 'Account', known!.payload);
  expect(told.state).toBe('done');
  // Two writes tell of it, in either order: the change event brings the id alone, the write-back the id with the status.
  const record = await world.until('the write-back in the CRM', async () => {
    const seen = await world.inCrm('salesforce', 'Account', known!.crmId);
    return seen['NetSuite_Sync_Status__c'] === 'Synced' ? seen : undefined;
  });
  expect(record).toMatchObject({ NetSuite_Internal_ID__c: told.internalId, NetSuite_Sync_Status__c: 'Synced' });
});

it.each([
  ['name of country and state', { BillingCountry: 'United States', BillingState: 'Oregon' }, 'US', 'OR'],
  ['codes', { BillingCountryCode: 'CA', BillingStateCode: 'ON' }, 'CA', 'ON'],
  ['a country without states', { BillingCountry: 'Germany', BillingState: null }, 'DE', null],
])(
  'A18: an address by %s reaches NetSuite with country before state and its street in lines',
  async (_by, parts, country, state) => {
    const street = `Main Street 1\nBuilding 7\n${'x'.repeat(150)}`;
    const sent = account({ BillingStreet: street, BillingCity: 'Somewhere', BillingPostalCode: '12345', ...parts });
    expect(await world.send('salesforce', 'Account', sent)).toMatchObject({ result: 'created' });
    const held = await world.held('customer', customerId(sent.Id));
    const address = held?.sublists['addressbook']?.[0]?.['addressbookaddress'] as Record<string, unknown>;
    expect(address).toMatchObject({
      country,
      addr1: 'Main Street 1',
      addr2: 'Building 7',
      city: 'Somewhere',
      zip: '12345',
    });
    expect(address['state'] ?? null).toBe(state);
  },
);

it('A20: a form that demands a field makes the missing one a named failure, and correcting it succeeds', async () => {
  const form = (await world.stage.control.all('customform')).find(
    ({ fields }) => fields['name'] === 'Strict Customer Form',
  );
  const strict = account({ NetSuite_Form__c: form?.id });
  const refused = await world.send('salesforce', 'Account', strict);
  expect(refused).toMatchObject({
    state: expect.stringMatching(/review|dead/) as unknown,
    error: { message: expect.stringMatching(/phone/i) as unknown },
  });
  const corrected = await world.send('salesforce', 'Account', edited(strict, { Phone: '+49 30 1234567' }));
  expect(corrected.result).toBe('created');
  expect((await world.held('customer', customerId(strict.Id)))?.fields['customform']).toBe(form?.id);
});

it('A21: ids that differ in case alone are two customers, also when they come with fifteen characters', async () => {
  const upper = withChecksum('001Ac0000ACCEPT');
  const lower = withChecksum('001Ac0000accept');
  const [one, two] = [account({ Id: upper, Name: 'Case one' }), account({ Id: lower, Name: 'Case two' })];
  const told = [await world.send('salesforce', 'Account', one), await world.send('salesforce', 'Account', two)];
  expect(told.map(({ result }) => result)).toEqual(['created', 'created']);
  expect(told[0]?.internalId).not.toBe(told[1]?.internalId);
  const short = await world.send('salesforce', 'Account', account({ Id: '001Ac0000ACCEPT', Name: 'Case one, again' }));
  expect(short).toMatchObject({ result: 'updated', internalId: told[0]?.internalId, crmId: upper });
  const newer = await world.send('salesforce', 'Account', account({ Id: '001Ac0000Accept', Name: 'Case three' }));
  expect(newer).toMatchObject({ result: 'created', crmId: withChecksum('001Ac0000Accept') });
});

it('A21: an external id that an employee holds is named, and the employee stays untouched', async () => {
  const id = salesforceId('001');
  const [employee] = await world.control<{ id: string }[]>('POST', 'records', [
    { type: 'employee', externalId: customerId(id), fields: { firstname: 'Eve', lastname: 'Holder', subsidiary: '1' } },
  ]);
  const told = await world.send('salesforce', 'Account', account({ Id: id }));
  expect(told).toMatchObject({
    state: expect.stringMatching(/review|dead/) as unknown,
    error: { message: expect.stringMatching(/employee/i) as unknown },
  });
  expect(await world.control('GET', `records/employee/${employee!.id}`)).toMatchObject({
    fields: { lastname: 'Holder' },
  });
});

it('A22: a name over the limit is cut without splitting a character, and the cut is told', async () => {
  const name = `${'n'.repeat(82)}🏭 and more`;
  const sent = account({ Name: name });
  const told = await world.send('salesforce', 'Account', sent);
  expect(told.result).toBe('created');
  expect(told.warnings).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: expect.stringMatching(/TRUNCATED/) as unknown })]),
  );
  const held = (await world.held('customer', customerId(sent.Id)))?.fields['companyname'] as string;
  expect(held.length).toBeLessThanOrEqual(83);
  expect(name.startsWith(held)).toBe(true);
  expect(/[\ud800-\udbff]$/.test(held)).toBe(false);
});
