/**
 * The words of this project. Where NetSuite or the CRM has a word of its own, that word is used.
 *
 * - operation:    one wanted change of one NetSuite record, with an id (`opId`) and a version; the unit of everything
 * - version:      16 digits that only grow per record key; text on both sides. Decides which of two operations is newer
 * - record key:   `account|group|key`: the identity of a record across all its names (external id, internal id, CRM ids)
 * - group:        record types that share ids in NetSuite: entity, item, transaction; a custom type is a group of its own
 * - batch:        the operations of one RESTlet call, all of one record type
 * - stamp:        `srl_key srl_crm_id srl_op srl_version srl_hash srl_hop srl_synced` on a record: which operation wrote it last
 * - ledger row:   the stamp of a record that can't carry custom fields, or that was deleted
 * - prefetch:     the few queries a batch begins with, from which replays, matches and unchanged records are known
 * - budget:       units and ms a batch may use; what does not fit is *deferred*, which is a result and not a failure
 * - outbox row:   a change that a User Event wrote down in NetSuite, waiting to be published
 * - change event: what an outbox row becomes on the wire
 * - slot:         the right to have one request in flight; an account has a fixed number
 * - lane:         real-time, bulk or replay: who gets slots
 * - flow:         one declared map between a CRM object and a NetSuite record, with an owner for every field
 * - projection:   the values a flow holds for one record on one side
 * - shadow:       the last projection that a side is known to hold; what equals it is an echo
 * - hop:          how many times one change has crossed between the systems
 * - review:       a failure that only a person can decide; it holds its record key
 * - dead letter:  a failure that is final, kept with everything that is needed to try again
 */
const ENTITIES = new Set([
  'customer',
  'lead',
  'prospect',
  'contact',
  'vendor',
  'employee',
  'partner',
  'job',
  'othername',
]);
const TRANSACTIONS = new Set([
  'salesorder',
  'estimate',
  'opportunity',
  'invoice',
  'cashsale',
  'itemfulfillment',
  'creditmemo',
  'customerpayment',
  'customerdeposit',
  'customerrefund',
  'returnauthorization',
  'purchaseorder',
  'itemreceipt',
  'vendorbill',
  'journalentry',
]);
const ITEMS = new Set([
  'inventoryitem',
  'noninventoryitem',
  'serviceitem',
  'assemblyitem',
  'kititem',
  'itemgroup',
  'discountitem',
  'otherchargeitem',
]);

/** The group of a record type: types of a group share internal and external ids (Oracle page section_N3436356). */
export function groupOf(recordType: string): string {
  if (ENTITIES.has(recordType)) return 'entity';
  if (TRANSACTIONS.has(recordType)) return 'transaction';
  return ITEMS.has(recordType) ? 'item' : recordType;
}
