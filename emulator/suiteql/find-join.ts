import { type Account, type Execution, fault } from '../kernel/types';
import { suiteQl } from './engine';
import { SEARCH_ERROR, tableNotFound } from './syntax/errors';

/** How a component of N/query joins another: the table and the condition, with `$parent` and `$child` for their aliases. */
export interface QueryJoin {
  table: string;
  on: string;
}

interface JoinArgs {
  /** Query type of the component that is joined from; empty asks only whether `target` exists. */
  type: string;
  fieldId: string;
  /** Polymorphic target of joinTo, source of joinFrom. */
  target?: string;
  source?: string;
}

/** Children that are sublists: name → table and its column that points back. */
const SUBLISTS: Record<string, [table: string, column: string]> = {
  transactionlines: ['transactionline', 'transaction'],
  transactionline: ['transactionline', 'transaction'],
  addressbook: ['$typeaddressbook', 'entity'],
  pricing: ['pricing', 'item'],
  locations: ['aggregateitemlocation', 'item'],
};

export function findJoin(
  account: Account,
  _execution: Execution,
  { type, fieldId, target, source }: JoinArgs,
): QueryJoin {
  const { catalog } = suiteQl(account);
  const field = fieldId.toLowerCase();
  if (source !== undefined) {
    if (!catalog.find(source)) throw tableNotFound(source);
    return { table: source, on: `$child.${field} = $parent.id` };
  }
  const sublist = SUBLISTS[field];
  if (sublist) return { table: sublist[0].replace('$type', type), on: `$child.${sublist[1]} = $parent.id` };
  const column = catalog.find(type)?.column('t', field);
  const table = target ?? (column?.target === undefined ? undefined : tableOf(account, column.target));
  if (!column || table === undefined || !catalog.find(table)) {
    throw fault(SEARCH_ERROR, `Search error occurred: Record Join '${fieldId}' for record '${type}' was not found.`);
  }
  return { table, on: `$child.id = $parent.${field}` };
}

/** Whether a query type exists (`query.create`). */
export function checkType(account: Account, _execution: Execution, { type }: { type: string }): null {
  if (!suiteQl(account).catalog.find(type))
    throw fault('INVALID_RCRD_TYPE', `The record type [${type.toUpperCase()}] is invalid.`);
  return null;
}

function tableOf(account: Account, target: string): string {
  if (target === 'lead' || target === 'prospect') return 'customer';
  const group = account.registry.type(target)?.group;
  return group === 'transaction' || group === 'item' ? group : target;
}
