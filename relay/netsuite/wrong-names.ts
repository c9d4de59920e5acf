import type { ResolvedName } from '../../contract';
import type { NamedRecord } from '../../flows/names-of-flows';

export interface WrongName {
  name: NamedRecord;
  /** `does not exist`, `is inactive`, `stands for 2 records (…)`. */
  problem: string;
  remedy: string;
}

/** Names of the flows that do not stand for exactly one active record of the account. */
export function wrongNames(wanted: readonly NamedRecord[], found: readonly ResolvedName[]): WrongName[] {
  const byName = new Map(found.map((one) => [nameOf(one), one]));
  return wanted.flatMap((name) => {
    const problem = problemOf(byName.get(nameOf(name)));
    const remedy = `Create it, or name another one: ${name.usedBy} uses it (settings, overlay or flow).`;
    return problem === null ? [] : [{ name, problem, remedy }];
  });
}

function problemOf(answer: ResolvedName | undefined): string | null {
  if (answer === undefined || answer.ids.length === 0) return answer?.inactive ? 'is inactive' : 'does not exist';
  return answer.ids.length > 1 ? `stands for ${answer.ids.length} records (${answer.ids.join(', ')})` : null;
}

const nameOf = ({ recordType, by, value }: { recordType: string; by: string; value: string }): string =>
  `${recordType}|${by}|${value}`;
