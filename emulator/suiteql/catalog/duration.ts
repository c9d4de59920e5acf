import { extract } from './column';

/** Hours of a time entry as a number; they are stored as `1:30`, or as seeds give them. */
export function hoursOf(row: string): string {
  const hours = extract(`${row}.data`, 'hours');
  const at = `instr(${hours}, ':')`;
  return (
    `CASE WHEN ${at} > 0 THEN CAST(substr(${hours}, 1, ${at} - 1) AS REAL) + CAST(substr(${hours}, ${at} + 1) AS REAL) / 60 ` +
    `ELSE CAST(${hours} AS REAL) END`
  );
}
