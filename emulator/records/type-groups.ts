/** Record groups share internal ids and external ids (Oracle page section_N3436356). */
const ENTITY_GROUP = new Set([
  'contact',
  'customer',
  'employee',
  'entitygroup',
  'job',
  'lead',
  'othername',
  'partner',
  'projecttemplate',
  'prospect',
  'vendor',
  'genericresource',
]);
const EVENT_GROUP = new Set(['task', 'phonecall', 'calendarevent', 'supportcase', 'projecttask']);

/** Searchable parents of a group, themselves never stored: `transaction`, `item`, `entity`, `activity`. */
const ABSTRACT: Record<string, string> = {
  transaction: 'transaction',
  item: 'item',
  entity: 'entity',
  activity: 'event',
};

export function groupOf(typeId: string, category: string): string {
  if (ABSTRACT[typeId]) return ABSTRACT[typeId];
  if (ENTITY_GROUP.has(typeId)) return 'entity';
  if (EVENT_GROUP.has(typeId)) return 'event';
  if (category === 'Transaction' && typeId !== 'timebill' && typeId !== 'timeentry') return 'transaction';
  if (category === 'Item') return 'item';
  return typeId;
}

/** Lead, prospect and customer are one record in three stages; its type follows the status. */
export const CUSTOMER_STAGES = ['lead', 'prospect', 'customer'];

/** Types under which a stored record may be addressed: a lead also answers to `customer`. */
export function familyOf(typeId: string): string[] {
  return CUSTOMER_STAGES.includes(typeId) ? CUSTOMER_STAGES : [typeId];
}
