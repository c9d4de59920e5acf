import { type Account, type Execution, fault } from '../kernel/types';
import { type Param, suiteQl } from '../suiteql/engine';
import { runSearch } from './run-search';
import { definitionOf, findSaved } from './saved-searches';
import { invalidSearch } from './errors';
import type { CellValue, ColumnDefinition, Format, SearchDefinition, SearchRow } from './types';

/** Rows the platform reads at a time, so that a large search does not block the account for long. */
const CHUNK = 5000;

/**
 * Searches and queries that Map/Reduce reads as its input: all rows, without units of the script (section_4549604332).
 * A search's value is `{recordType, id, values}`: a select is one `{value, text}`, a check box `T` or `F`, a joined field `name.join`.
 */
export const inputReaders = {
  search(account: Account, execution: Execution, given: object): { id: string | null; json: string }[] {
    const definition =
      'id' in given && !('type' in given) ? saved(account, String(given.id)) : (given as SearchDefinition);
    const out: { id: string | null; json: string }[] = [];
    for (let offset = 0; ; offset += CHUNK) {
      const { rows, columns } = runSearch(account, execution, definition, CHUNK, offset);
      for (const row of rows) out.push({ id: row.id, json: JSON.stringify(inputValue(row, columns)) });
      if (rows.length < CHUNK) return out;
    }
  },

  query(account: Account, execution: Execution, given: object): { json: string }[] {
    if (!('query' in given) || typeof given.query !== 'string')
      throw fault('UNABLE_TO_LOAD_QUERY', 'The query does not exist or you have no permission to load it.');
    const params = ('params' in given && Array.isArray(given.params) ? given.params : []) as Param[];
    const { columns, rows } = suiteQl(account).run(execution, given.query, params, -1);
    const types = columns.map((column) => column.type);
    return rows.map((values) => ({ json: JSON.stringify({ values, types }) }));
  },
};

function saved(account: Account, id: string): SearchDefinition {
  const found = findSaved(account, id);
  if (!found) throw invalidSearch(id);
  return definitionOf(found);
}

function inputValue(row: SearchRow, columns: (ColumnDefinition & { format: Format })[]): object {
  const values: Record<string, unknown> = {};
  columns.forEach(({ name, join, summary, format }, i) => {
    const field = join ? `${name}.${join}` : name;
    const base = summary ? `${summary.toUpperCase()}(${field})` : field;
    let key = base;
    for (let n = 1; key in values; n++) key = `${base}_${n}`;
    values[key] = shown(row.values[i] ?? ['', null], format);
  });
  return { recordType: row.recordType, id: row.id, values };
}

function shown([value, text, texts = []]: CellValue, format: Format): unknown {
  if (format === 'checkbox') return value === true ? 'T' : 'F';
  if (value === '' || (format !== 'select' && format !== 'multi')) return value;
  if (format === 'select') return { value, text: text ?? '' };
  return String(value)
    .split(',')
    .map((id, i) => ({ value: id, text: texts[i] ?? '' }));
}
