import type { Condition } from './flow-schema';
import { pathName, readPath } from './read-path';

/** Null when the record is to be sent; otherwise why it is not. HubSpot's booleans come as text, so `true` and `"true"` are one. */
export function meetsGate(gate: readonly Condition[] | undefined, record: unknown): string | null {
  for (const condition of gate ?? []) {
    const { present, value } = readPath(record, condition.from);
    const name = pathName(condition.from);
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    if (condition.present !== undefined && condition.present !== (present && value !== null)) {
      return `${name} is ${condition.present ? 'empty' : 'set'}`;
    }
    if (condition.equals !== undefined && text.toLowerCase() !== String(condition.equals).toLowerCase()) {
      return `${name} is ${JSON.stringify(value ?? null)}, not ${JSON.stringify(condition.equals)}`;
    }
    if (condition.oneOf && !condition.oneOf.some((one) => one.toLowerCase() === text.toLowerCase())) {
      return `${name} is ${JSON.stringify(value ?? null)}, none of ${condition.oneOf.join(', ')}`;
    }
  }
  return null;
}
