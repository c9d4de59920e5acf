import type { Condition, When } from './flow-schema';
import { pathName, readPath } from './read-path';
import type { Settings } from './types';

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

export const isInForce = (when: When | undefined, settings: Settings): boolean =>
  when === undefined || asText(settings[when.setting]).toLowerCase() === String(when.equals).toLowerCase();

/** Null when the record is to be sent; otherwise why it is not. HubSpot's booleans come as text, so `true` and `"true"` are one. */
export function meetsGate(gate: readonly Condition[] | undefined, record: unknown, settings: Settings): string | null {
  for (const condition of gate ?? []) {
    if (condition.from === undefined || !isInForce(condition.when, settings)) continue;
    const { present, value } = readPath(record, condition.from);
    const name = pathName(condition.from);
    const text = asText(value);
    if (condition.present !== undefined && condition.present !== (present && value !== null)) {
      return `${name} is ${condition.present ? 'empty' : 'set'}`;
    }
    const wanted = (condition.setting === undefined ? undefined : settings[condition.setting]) ?? condition.equals;
    if (wanted !== undefined && text.toLowerCase() !== String(wanted).toLowerCase()) {
      return `${name} is ${JSON.stringify(value ?? null)}, not ${JSON.stringify(wanted)}`;
    }
    if (condition.oneOf && !condition.oneOf.some((one) => one.toLowerCase() === text.toLowerCase())) {
      return `${name} is ${JSON.stringify(value ?? null)}, none of ${condition.oneOf.join(', ')}`;
    }
    if (condition.startsWith !== undefined && !text.toLowerCase().startsWith(condition.startsWith.toLowerCase())) {
      return `${name} is ${JSON.stringify(value ?? null)}, and does not begin with ${condition.startsWith}`;
    }
  }
  return null;
}

/** Whether the flow takes only records that another one needs, or that NetSuite has already. */
export const takesOnlyNeeded = (gate: readonly Condition[] | undefined, settings: Settings): boolean =>
  (gate ?? []).some((condition) => condition.needed === true && isInForce(condition.when, settings));
