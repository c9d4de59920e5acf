import { settingOf } from '../../kernel/setting-of';
import type { Account, Execution } from '../../kernel/types';
import { runSearch } from '../../search/run-search';
import type { CellValue, Format, SearchDefinition } from '../../search/types';
import { type Param, suiteQl } from '../../suiteql/engine';
import { columnHeader } from './column-header';
import { csvLine, withZero } from './csv';

const ALL = -1;

/** A search as its list is exported: headers, names instead of ids, dates as the account writes them. `limit` 0 tells only whether it can run. */
export function searchCsv(
  account: Account,
  execution: Execution,
  definition: SearchDefinition,
  limit: number = ALL,
): string {
  const header = definition.columns.map((column) => columnHeader(account, definition.type, column));
  const { columns, rows } = runSearch(account, execution, definition, limit);
  const [yes = '', no = ''] = settingOf(account, 'exportedCheckboxes', 'Yes,No').split(',');
  const shown = ([value, text]: CellValue, format: Format): string => {
    if (typeof value === 'boolean') return value ? yes : no;
    return format === 'currency' || format === 'float' ? withZero(value) : (text ?? value);
  };
  const lines = rows.map(({ values }) => csvLine(values.map((cell, i) => shown(cell, columns[i]?.format ?? 'text'))));
  return csvLine(header) + lines.join('');
}

/** A query under the names that its mapped results have. */
export function queryCsv(
  account: Account,
  execution: Execution,
  { query, params }: { query: string; params: Param[] },
  limit: number = ALL,
): string {
  const { columns, rows } = suiteQl(account).run(execution, query, params, limit);
  return csvLine(columns.map(({ name }) => name)) + rows.map(csvLine).join('');
}
