import type { FlowInput } from '../flow-schema';

/** F20: the owner's e-mail finds the employee; nobody of that e-mail: the setting `defaultSalesRep`, with a warning. */
export const ownerAsSalesRep: NonNullable<FlowInput['fields']>[number] = {
  to: 'salesrep',
  from: 'owner.email',
  owner: 'crm',
  transform: 'email',
  whenNull: 'leave',
  optional: true,
  reference: { recordType: 'employee', by: 'email', whenMissing: 'skip', fallback: 'defaultSalesRep' },
};
