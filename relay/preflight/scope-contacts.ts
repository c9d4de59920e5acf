import type { CrmSide, LinkPlan, NetSuiteSide } from './propose-links';

/** Which customer of NetSuite an account's external id stands for: linked already, or surely to be linked. */
export function customersByKey(
  accounts: readonly CrmSide[],
  customers: readonly NetSuiteSide[],
  { proposals }: LinkPlan,
): Map<string, string> {
  const keys = new Map(accounts.map(({ crmId, externalId }) => [crmId, externalId?.toUpperCase() ?? '']));
  const sure = proposals.filter(({ confidence }) => confidence === 'sure');
  return new Map([
    ...sure.flatMap(({ crmId, internalId }) => (keys.get(crmId) ? [[keys.get(crmId)!, internalId] as const] : [])),
    ...customers.flatMap(({ crmId, internalId }) =>
      crmId !== null && keys.get(crmId) ? [[keys.get(crmId)!, internalId] as const] : [],
    ),
    ...customers.flatMap(({ externalId, internalId }) =>
      externalId === null ? [] : [[externalId.toUpperCase(), internalId] as const],
    ),
  ]);
}

const within = (company: string | undefined, value: string): string =>
  company === undefined || company === '' || value === '' ? '' : `${company}|${value}`;

/**
 * Contacts as they are compared: by e-mail, or by name, within one customer. A person of a customer that is not known yet is nobody's
 * likeness, and neither is a namesake elsewhere.
 */
export const scopeCrmContacts = (
  contacts: readonly CrmSide[],
  customerOf: ReadonlyMap<string, string>,
): readonly CrmSide[] =>
  contacts.map((one) => {
    const company = customerOf.get(one.company?.toUpperCase() ?? '');
    return { ...one, name: within(company, one.name), email: within(company, one.email), domain: '', phone: '' };
  });

export const scopeContacts = (contacts: readonly NetSuiteSide[]): readonly NetSuiteSide[] =>
  contacts.map((one) => ({
    ...one,
    name: within(one.company, one.name),
    email: within(one.company, one.email),
    domain: '',
    phone: '',
  }));

/** Of one side: the same e-mail anywhere, or the same name within one company. */
export const forDuplicates = <T extends CrmSide | NetSuiteSide>(contacts: readonly T[]): readonly T[] =>
  contacts.map((one) => ({ ...one, name: within(one.company, one.name), domain: '', phone: '' }));
