/**
 * Body fields that `record.submitFields` takes without a hidden load and save ("nlapiSubmitField" of Oracle's records reference).
 * Anything else is written by load and save.
 */
const INLINE: Readonly<Record<string, string>> = {
  customer:
    'accountnumber altemail altphone buyingreason buyingtimeframe category comments companyname currency emailpreference ' +
    'emailtransactions enddate entityid entitystatus estimatedbudget fax faxtransactions homephone isbudgetapproved isinactive ' +
    'isperson monthlyclosing phone printtransactions salesreadiness salutation shippingitem startdate url',
  contact:
    'altemail comments company entityid fax firstname homephone isinactive lastname middlename mobilephone phone salutation',
  vendor:
    'accountnumber altemail altphone category comments companyname creditlimit entityid fax homephone isinactive isperson ' +
    'mobilephone phone salutation taxidnum terms url',
  partner:
    'altemail class comments companyname department entityid fax homephone isinactive location mobilephone phone salutation url',
  salesorder: 'email excludecommission memo partner salesrep tobeprinted',
  invoice: 'email excludecommission memo partner salesrep tobeprinted',
  cashsale: 'email excludecommission memo partner salesrep tobeprinted',
  creditmemo: 'email excludecommission memo partner salesrep tobeprinted',
  returnauthorization: 'email excludecommission memo partner salesrep tobeprinted',
  estimate: 'email expectedclosedate memo partner salesrep title tobeprinted visibletocustomer',
  opportunity:
    'actionitem buyingreason buyingtimeframe entitystatus estimatedbudget expectedclosedate forecasttype isbudgetapproved partner ' +
    'probability rangehigh rangelow salesreadiness salesrep title winlossreason',
  itemfulfillment: 'memo',
  customerpayment: 'memo',
  purchaseorder: 'email memo tobeprinted',
  supportcase: 'assigned category email helpdesk isinactive issue origin priority status title',
};

const LISTS = new Map<string, ReadonlySet<string>>();

export function inlineFields(recordType: string): ReadonlySet<string> {
  const type = recordType === 'lead' || recordType === 'prospect' ? 'customer' : recordType;
  let list = LISTS.get(type);
  if (list === undefined) {
    list = new Set((INLINE[type] ?? '').split(' ').filter((field) => field !== ''));
    LISTS.set(type, list);
  }
  return list;
}

/** Custom body fields and all fields of custom records can be edited inline. */
export function isInline(recordType: string, field: string): boolean {
  if (recordType.startsWith('customrecord')) return field !== 'externalid';
  if (/^cust(entity|body|item|event)/.test(field)) return true;
  return inlineFields(recordType).has(field);
}
