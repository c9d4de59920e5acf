import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';

/** N/format/i18n: making a formatter and each use of it cost. */
export const i18nSyscalls: SyscallTable = {
  'i18n.charge': (account: Account, execution: Execution, { api }: { api: string }) => {
    account.charge(execution, api);
    return null;
  },
  'i18n.currency': (account: Account, execution: Execution, { currency }: { currency: string }) => {
    account.charge(execution, 'i18n.getCurrencyFormatter');
    const found = account.store.list('currency').find(({ fields }) => fields.symbol === currency);
    if (!found)
      throw fault(
        'SSS_INVALID_CURRENCY_ID',
        'The currency ID is not valid, or the currency is not available in this account.',
      );
    const symbol = typeof found.fields.displaysymbol === 'string' ? found.fields.displaysymbol : currency;
    return { symbol, precision: Number(found.fields.currencyprecision ?? 2) };
  },
};
