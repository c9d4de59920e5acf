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

/** Tasks whose pages public scripts and their links name; those that make a record are called by its page. */
const TASKS: Record<string, string> = {
  'CARD_-29': '/app/center/card.nl?sc=-29',
  LIST_SCRIPTSTATUS: '/app/common/scripting/scriptstatus.nl',
  LIST_MAPREDUCESCRIPTSTATUS: '/app/common/scripting/mapreducescriptstatus.nl',
};

/** `EDIT_CUSTJOB` and `EDIT_TRAN_SALESORD` are the pages `custjob.nl` and `salesord.nl`. */
function taskPath(id: string): string {
  const page = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.nl'.length).toUpperCase();
  const prefix = (path: string): string => (path.includes('/transactions/') ? 'EDIT_TRAN_' : 'EDIT_');
  const found = TASKS[id] ?? Object.values(PAGES).find((path) => `${prefix(path)}${page(path)}` === id);
  if (found === undefined)
    throw fault('EMULATOR_UNSUPPORTED', `The page of the task ${id} is not available in this emulator.`);
  return found;
}

/** The form of a new transaction made from another record, as `transform=salesord&id=5` asks a transaction's page for it. */
function transformPath(
  account: Account,
  { fromType, fromId, toType }: { fromType: string; fromId: string; toType: string },
): string {
  const source = recordPath(account, fromType);
  const target = recordPath(account, toType);
  if (!account.registry.type(fromType)?.transforms.includes(account.registry.type(toType)?.id ?? ''))
    throw fault(
      'INVALID_RCRD_TRANSFRM',
      `That type of record transformation is not allowed: ${fromType} to ${toType}.`,
    );
  return `${target}?transform=${source.slice(source.lastIndexOf('/') + 1, -'.nl'.length)}&id=${fromId}`;
}

export const urlSyscalls: SyscallTable = {
  'url.task': (_account: Account, _execution: Execution, { id }: { id: string }) => taskPath(id),
  'url.transform': (
    account: Account,
    _execution: Execution,
    args: { fromType: string; fromId: string; toType: string },
  ) => transformPath(account, args),
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
