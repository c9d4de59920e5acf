import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';
import { scriptRegistry } from '../scripts/script-registry';

/** Pages of record types whose address is not that of a transaction or a custom record. */
const PAGES: Record<string, string> = {
  customer: '/app/common/entity/custjob.nl',
  lead: '/app/common/entity/custjob.nl',
  prospect: '/app/common/entity/custjob.nl',
  job: '/app/accounting/project/project.nl',
  vendor: '/app/common/entity/vendor.nl',
  contact: '/app/common/entity/contact.nl',
  employee: '/app/common/entity/employee.nl',
  partner: '/app/common/entity/partner.nl',
  task: '/app/crm/calendar/task.nl',
  phonecall: '/app/crm/calendar/call.nl',
  calendarevent: '/app/crm/calendar/event.nl',
  supportcase: '/app/crm/support/supportcase.nl',
  salesorder: '/app/accounting/transactions/salesord.nl',
  invoice: '/app/accounting/transactions/custinvc.nl',
  estimate: '/app/accounting/transactions/estimate.nl',
  opportunity: '/app/accounting/transactions/opprtnty.nl',
  purchaseorder: '/app/accounting/transactions/purchord.nl',
  itemfulfillment: '/app/accounting/transactions/itemship.nl',
  itemreceipt: '/app/accounting/transactions/itemrcpt.nl',
  creditmemo: '/app/accounting/transactions/custcred.nl',
  customerpayment: '/app/accounting/transactions/custpymt.nl',
  cashsale: '/app/accounting/transactions/cashsale.nl',
  vendorbill: '/app/accounting/transactions/vendbill.nl',
  returnauthorization: '/app/accounting/transactions/rtnauth.nl',
  journalentry: '/app/accounting/transactions/journal.nl',
};

function recordPath(account: Account, given: string): string {
  const meta = account.registry.type(given);
  if (given === '' || !meta) throw fault('INVALID_RCRD_TYPE', `The record type [${given.toUpperCase()}] is invalid.`);
  const own = PAGES[meta.id];
  if (own) return own;
  if (meta.class === 'custom') return `/app/common/custom/custrecordentry.nl?rectype=${meta.id}`;
  if (meta.class === 'transaction') return `/app/accounting/transactions/${meta.id}.nl`;
  return meta.group === 'item' ? '/app/common/item/item.nl' : `/app/common/otherlists/${meta.id}.nl`;
}

export const urlSyscalls: SyscallTable = {
  'url.record': (account: Account, _execution: Execution, { type }: { type: string }) => recordPath(account, type),
  'url.script': (
    account: Account,
    _execution: Execution,
    { scriptId, deploymentId }: { scriptId: string; deploymentId: string },
  ) => {
    const invalid = (id: string): Error =>
      fault('INVALID_ID', `You have provided an invalid script id or internal id: ${id}`);
    const deployments = scriptRegistry(account).deploymentsOf(scriptId);
    if (scriptId === '' || deployments.length === 0) throw invalid(scriptId);
    const found = scriptRegistry(account).find(scriptId, deploymentId);
    if (!found) throw invalid(deploymentId);
    if (found.type !== 'restlet' && found.type !== 'suitelet')
      throw fault('SSS_INVALID_URL_CATEGORY', `The script type ${found.type.toUpperCase()} has no URL.`);
    const number = deployments.findIndex((d) => d.deploymentInternalId === found.deploymentInternalId) + 1;
    return { type: found.type, script: found.scriptInternalId, deploy: String(number) };
  },
};
