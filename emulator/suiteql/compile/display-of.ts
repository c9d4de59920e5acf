import { displayName } from '../catalog/display';
import { unsupported } from '../syntax/errors';
import type { OutputColumn, Sql } from './sql';

/** A reference reads the same outside the subquery; what needs the row it came from can't be read there, and its bare value is not its text. */
export function displayOf(
  { name, shows, target }: Partial<OutputColumn>,
  sql: string,
): Pick<Sql, 'display' | 'target'> {
  if (shows === 'target' && target !== undefined)
    return { target, display: () => displayName(target, `CAST(${sql} AS TEXT)`) };
  if (shows === undefined) return {};
  return {
    display: () => {
      throw unsupported(`BUILTIN.DF(${name ?? ''}) of a subquery's column; use BUILTIN.DF inside the subquery`);
    },
  };
}

/** Of a reference that a computation answers it is not known what it refers to, and its id is not its name. */
export function refuseText(): never {
  throw unsupported('BUILTIN.DF of a computed reference; use BUILTIN.DF of the field');
}
