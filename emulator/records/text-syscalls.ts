import type { Account, Execution, SyscallTable } from '../kernel/types';
import { formOptions } from './custom-forms';
import { displayText, findText, selectOptions } from './display-text';
import { requireType } from './find-record';
import { packMeta } from './guest-meta';
import { demandsOfForm } from './validate-mandatory';

interface SelectArgs {
  selectType?: string;
}

const matches: Record<string, (text: string, filter: string) => boolean> = {
  contains: (text, filter) => text.includes(filter),
  is: (text, filter) => text === filter,
  startswith: (text, filter) => text.startsWith(filter),
};

/** Free look-ups behind getText, setText, getSelectOptions and a record's own metadata. */
export const textSyscalls: SyscallTable = {
  'record.meta': (account: Account, _execution: Execution, args: { type: string }) =>
    packMeta(account, requireType(account, args.type)),
  'record.demanded': (account: Account, _execution: Execution, args: { type: string; form: string }) =>
    demandsOfForm(account, requireType(account, args.type), args.form),
  'record.textOf': (account: Account, _execution: Execution, args: SelectArgs & { value: string }) =>
    displayText(account, args.selectType || undefined, args.value),
  'record.findText': (account: Account, _execution: Execution, args: SelectArgs & { text: string }) =>
    findText(account, args.selectType || undefined, args.text),
  'record.options': (
    account: Account,
    _execution: Execution,
    args: SelectArgs & { recordType?: string; filter: string; operator: string; most: number },
  ) => {
    const matching = matches[args.operator] ?? matches.contains!;
    const filter = args.filter.toLowerCase();
    const options =
      args.selectType === 'customform'
        ? formOptions(account, args.recordType ?? '')
        : selectOptions(account, args.selectType || undefined);
    return options.filter((option) => filter === '' || matching(option.text.toLowerCase(), filter)).slice(0, args.most);
  },
};
