import { fault, type Account, type Execution } from '../../kernel/types';
import { suiteQl, type Param } from '../../suiteql/engine';
import { cabinet } from '../../modules/cabinet';
import { newItem } from './shuffle';
import type { Item } from './types';

/** What the guest said about getInputData's return value (guest/adapters/map-reduce-input.ts). */
export type InputDescription =
  | { kind: 'pairs'; pairs: [string, string][] }
  | { kind: 'search'; definition: object }
  | { kind: 'savedSearch'; id: string }
  | { kind: 'query'; definition: object }
  | { kind: 'savedQuery'; id: string }
  | { kind: 'suiteql'; query: string; params: Param[] }
  | { kind: 'file'; id: string }
  | { kind: 'text'; text: string };

/** Runs searches and queries for other parts; the search part puts it into `account.parts` under `inputReaders`. No units are charged. */
export interface InputReaders {
  search(
    account: Account,
    execution: Execution,
    definition: object | { id: string },
  ): { id: string | null; json: string }[];
  query(account: Account, execution: Execution, definition: object | { id: string }): { json: string }[];
}

const MAX_KEY_LENGTH = 3000;
const MAX_VALUE_LENGTH = 10 * 1024 * 1024;

/** Turns the input into pairs; the platform reads searches, queries and files itself, without units of the script. */
export function readInput(account: Account, execution: Execution, input: InputDescription): Item[] {
  const items = pairsOf(account, execution, input).map(([key, value]) => newItem(key, [value]));
  for (const { key, values } of items) {
    if (key.length > MAX_KEY_LENGTH) throw fault('KEY_LENGTH_IS_OVER_3000_BYTES', 'The key length is over 3000 bytes.');
    if ((values[0]?.length ?? 0) > MAX_VALUE_LENGTH)
      throw fault('VALUE_LENGTH_IS_OVER_10_MB', 'The value length is over 10 MB.');
  }
  return items;
}

function pairsOf(account: Account, execution: Execution, input: InputDescription): [string, string][] {
  const readers = account.parts.get('inputReaders') as InputReaders | undefined;
  const need = (): InputReaders => {
    if (!readers)
      throw fault('EMULATOR_UNSUPPORTED', `Map/Reduce input of kind ${input.kind} is not available in this emulator.`);
    return readers;
  };
  switch (input.kind) {
    case 'pairs':
      return input.pairs;
    case 'search':
      return need()
        .search(account, execution, input.definition)
        .map(({ id, json }, index) => [id ?? String(index), json]);
    case 'savedSearch':
      return need()
        .search(account, execution, { id: input.id })
        .map(({ id, json }, index) => [id ?? String(index), json]);
    case 'query':
      return need()
        .query(account, execution, input.definition)
        .map(({ json }, index) => [String(index), json]);
    case 'savedQuery':
      return need()
        .query(account, execution, { id: input.id })
        .map(({ json }, index) => [String(index), json]);
    case 'suiteql':
      return suiteQl(account)
        .run(execution, input.query, input.params, -1)
        .rows.map((values, index) => [String(index), JSON.stringify({ values })]);
    case 'file':
      return lines(fileText(account, input.id));
    case 'text':
      return lines(input.text);
  }
}

function fileText(account: Account, id: string): string {
  const file = cabinet(account).find(id);
  if (!file) throw fault('RCRD_DSNT_EXIST', `That record does not exist. path: ${id}`);
  return String(file.fields.contents ?? '');
}

/** Each line of a text file is one value under its index. */
function lines(text: string): [string, string][] {
  const found = text.split(/\r\n|\n|\r/);
  if (found[found.length - 1] === '') found.pop();
  return found.map((line, index) => [String(index), line]);
}
