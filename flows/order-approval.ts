import type { FlowInput } from './flow-schema';

/** State of new orders, by the setting `newOrderStatus`: `A` waits for approval in NetSuite, `B` goes straight on. */
export const newOrderStatus: NonNullable<FlowInput['fields']>[number] = {
  to: 'orderstatus',
  setting: 'newOrderStatus',
  owner: 'netsuite',
  write: 'onCreate',
};

/** Where orders are approved in NetSuite, the CRM changes no more than this afterwards; its lines are NetSuite's then. */
export const afterApproval: NonNullable<FlowInput['afterApproval']> = {
  allow: ['otherrefnum', 'memo', 'shipdate'],
  when: { setting: 'newOrderStatus', equals: 'A' },
};
