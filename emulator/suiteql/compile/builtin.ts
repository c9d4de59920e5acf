import type { Call } from '../syntax/ast';
import { invalidValue, unsupported } from '../syntax/errors';
import { asText } from './coerce';
import type { Compile } from './expression';
import { relativeRange } from '../oracle/relative-range';
import { consolidate, currencyOf } from './consolidate';
import { refuseText } from './display-of';
import { quote, type Sql } from './sql';

/** BUILTIN.* functions (page section_156257790831 and its children). */
export function builtin(call: Call, compile: Compile, now: () => string): Sql {
  const arg = (index: number): Sql => {
    const expr = call.args[index];
    if (!expr) throw invalidValue(`${call.name} needs ${index + 1} arguments`);
    return compile(expr);
  };
  switch (call.name) {
    case 'BUILTIN.DF': {
      const value = arg(0);
      return { sql: textOf(value), type: 'text', constant: value.constant };
    }
    case 'BUILTIN.CF': {
      const value = arg(0);
      if (value.alternative === undefined) return value;
      return { sql: value.alternative, alternative: value.sql, type: value.type, constant: false };
    }
    case 'BUILTIN.UF':
      return arg(0);
    case 'BUILTIN.HIERARCHY': {
      const value = arg(0);
      return arg(1).literal === 'IDENTIFIER'
        ? { sql: asText(value), type: 'text', constant: false }
        : { sql: textOf(value), type: 'text', constant: false };
    }
    case 'BUILTIN.RELATIVE_RANGES':
      return range(arg(0), call.args.length > 1 ? arg(1) : undefined, now());
    case 'BUILTIN.CONSOLIDATE':
      return consolidate(call.args.map((_, index) => arg(index)));
    case 'BUILTIN.CURRENCY': {
      const first = call.args[0];
      const summed = first?.kind === 'call' && first.name === 'SUM' ? first.args[0] : undefined;
      return currencyOf(summed ? compile(summed) : arg(0));
    }
    default:
      throw unsupported(call.name);
  }
}

/** What a person sees. */
const textOf = (value: Sql): string => value.display?.() ?? (value.type === 'key' ? refuseText() : asText(value));

function range(code: Sql, edge: Sql | undefined, now: string): Sql {
  if (typeof code.literal !== 'string') throw invalidValue('BUILTIN.RELATIVE_RANGES without a literal range');
  const found = relativeRange(code.literal, now);
  if (!found) throw unsupported(`BUILTIN.RELATIVE_RANGES('${code.literal}')`);
  const side = String(edge?.literal ?? 'START').toUpperCase();
  return { sql: quote(side === 'END' ? found.end : found.start), type: 'datetime', constant: true };
}
