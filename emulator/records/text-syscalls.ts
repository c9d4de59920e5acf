import type { Account, Execution, SyscallTable, Value } from '../kernel/types';
import { addressLineId } from './address-text';
import { formOptions } from './custom-forms';
import { displayText, findText, selectOptions } from './display-text';
import { findReference, requireType } from './find-record';
import { packMeta } from './guest-meta';
import { demandsOfForm } from './validate-mandatory';

interface SelectArgs {
  selectType?: string;
}

/** What an address of an entity's book is called there; undefined for other selects and for addresses without a label. */
function addressLabel(account: Account, args: SelectArgs & { value: string; entity?: Value }): string | undefined {
  if (!args.selectType?.startsWith('address:') || typeof args.entity !== 'string') return undefined;
  const book = findReference(account, 'entity', args.entity)?.sublists.addressbook ?? [];
  const label = book.find((line) => addressLineId(line) === args.value)?.fields.label;
  return typeof label === 'string' && label !== '' ? label : undefined;
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
  'record.textOf': (account: Account, _execution: Execution, args: SelectArgs & { value: string; entity?: Value }) =>
    addressLabel(account, args) ?? displayText(account, args.selectType || undefined, args.value),
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
