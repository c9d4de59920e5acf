import { fault, type Account, type Execution, type Json, type RecordData, type SyscallTable } from '../kernel/types';

/** By internal id, ISO symbol or name. */
function findCurrency(account: Account, given: string): RecordData {
  const found =
    account.store.get('currency', given) ??
    account.store.list('currency').find(({ fields }) => fields.symbol === given || fields.name === given);
  if (!found)
    throw fault(
      'SSS_INVALID_CURRENCY_ID',
      'The currency ID is not valid, or the currency is not available in this account.',
    );
  return found;
}

/** Rate of a currency against the base currency: the latest of its dated rates, else the rate on the currency record. */
function baseRate(account: Account, currency: RecordData, date: string | null): number {
  const day = (date ?? new Date(account.clock.now()).toISOString()).slice(0, 10);
  const dated = account.store
    .list('currencyrate')
    .filter(
      ({ fields }) =>
        String(fields.transactioncurrency ?? fields.sourcecurrency) === currency.id &&
        String(fields.effectivedate) <= day,
    )
    .sort((a, b) => String(a.fields.effectivedate).localeCompare(String(b.fields.effectivedate)))
    .at(-1);
  const rate = Number(dated?.fields.exchangerate ?? currency.fields.exchangerate);
  if (Number.isNaN(rate) || rate <= 0)
    throw fault('UNEXPECTED_ERROR', `The currency ${String(currency.fields.name)} has no exchange rate.`);
  return rate;
}

/** Digits of an exchange rate. */
const RATE_DIGITS = 8;

interface ContextArgs {
  type: string;
  id: string;
  /** Of a loaded record; null: those of the stored one. */
  subsidiaries: string[] | null;
}

/** N/recordContext getContext: the countries of the record's subsidiaries. Unknown ids belong nowhere, as in NetSuite. */
function recordContext(account: Account, execution: Execution, args: ContextArgs): string[] {
  const meta = account.registry.type(args.type);
  if (!meta) throw fault('INVALID_UNSUPRTD_RCRD_TYP', `Invalid or unsupported record type: ${args.type}`);
  account.charge(execution, 'recordContext.getContext');
  account.permissions.requireRecord(execution, meta.id, 'view');
  const stored = args.subsidiaries ?? [account.store.get(meta.id, args.id)?.fields.subsidiary ?? []].flat();
  const countries = stored.map((id) => account.store.get('subsidiary', String(id))?.fields.country);
  return [...new Set(countries.filter((country) => typeof country === 'string'))];
}

interface WorkflowArgs {
  api: 'workflow.initiate' | 'workflow.trigger';
  recordType?: string;
  recordId: string;
  workflowId: string;
  actionId?: string | null;
  defaultValues?: Record<string, Json>;
}

/** Workflows are not run; that one was asked for stands in the task ledger. */
function startWorkflow(account: Account, execution: Execution, { api, ...args }: WorkflowArgs): number {
  account.charge(execution, api);
  const instance = account.store.next('workflowinstance');
  account.ledgers.push('tasks', {
    taskId: `WORKFLOWINSTANCE_${instance}`,
    taskType: api,
    ...args,
    status: 'COMPLETE',
    submittedBy: execution.scriptId,
  });
  return instance;
}

/** Company Information that this account's company has left empty (page bridgehead_N3253690). */
const LEFT_EMPTY = {
  formlogo: '',
  pagelogo: '',
  displaylogointernally: false,
  url: '',
  state: '',
  email: '',
  fax: '',
  employerid: '',
  taxid: '',
  mainaddress_text: '',
  shippingaddress_text: '',
  returnaddress_text: '',
};

/** Configuration pages as far as the account has them; N/config lets scripts read these fields only. */
function configuration(account: Account, type: string): Record<string, Json> {
  const { settings } = account;
  const base = account.store.list('subsidiary')[0]?.fields ?? {};
  const own = (settings.settings.configuration as Record<string, Record<string, Json>> | undefined)?.[type] ?? {};
  const domain = settings.accountId.toLowerCase().replaceAll('_', '-');
  // Times are shown as in `2:07 pm` throughout.
  const formats = {
    DATEFORMAT: settings.dateFormat,
    TIMEFORMAT: 'h:mm a',
    dateformat: settings.dateFormat,
    timeformat: 'h:mm a',
  };
  const known: Record<string, Record<string, Json>> = {
    companyinformation: {
      ...LEFT_EMPTY,
      companyid: settings.accountId,
      companyname: base.name ?? settings.accountId,
      legalname: base.legalname ?? base.name ?? null,
      country: base.country ?? 'US',
      timezone: settings.timeZone,
      basecurrency: base.currency ?? '1',
      appurl: `https://${domain}.app.netsuite.com`,
      formsurl: `https://${domain}.extforms.netsuite.com`,
    },
    userpreferences: { ...formats, TIMEZONE: settings.timeZone, timezone: settings.timeZone },
    companypreferences: formats,
    accountingpreferences: { REVERSALVOIDING: false },
    companyfeatures: Object.fromEntries(Object.entries(settings.features).map(([id, on]) => [id.toLowerCase(), on])),
  };
  const page = known[type];
  if (!page) throw fault('INVALID_TYP', `Invalid type ${type}, use nlapiLoadRecord`);
  return { ...page, ...own };
}

interface ConfigSave {
  type: string;
  values: Record<string, Json>;
}

export const accountSyscalls: SyscallTable = {
  'currency.exchangeRate': (
    account: Account,
    execution: Execution,
    { source, target, date }: { source: string; target: string; date: string | null },
  ) => {
    account.charge(execution, 'currency.exchangeRate');
    const from = baseRate(account, findCurrency(account, source), date);
    const to = baseRate(account, findCurrency(account, target), date);
    return Number((from / to).toFixed(RATE_DIGITS));
  },
  'recordContext.getContext': recordContext,
  'workflow.start': startWorkflow,
  'config.load': (account: Account, execution: Execution, { type }: { type: string }) => {
    account.charge(execution, 'config.load');
    if (type === 'companyinformation') account.permissions.requirePermission(execution, 'ADMI_SETUPCOMPANY');
    return configuration(account, type);
  },
  'config.save': (account: Account, execution: Execution, { type, values }: ConfigSave): null => {
    account.charge(execution, 'config.save');
    account.permissions.requirePermission(execution, 'ADMI_SETUPCOMPANY');
    const { settings } = account.settings;
    const pages = (settings.configuration ?? {}) as Record<string, Record<string, Json>>;
    settings.configuration = { ...pages, [type]: { ...pages[type], ...values } };
    return null;
  },
};
