import type { TransformUse } from './flow-schema';

/**
 * What is wrong with the options of the transforms `picklist` and `multiSelect`, in words; null when they can be used. `makesOptions`: the
 * flow writes to a CRM that lets options be made.
 */
export function choicesProblem(uses: TransformUse | undefined, makesOptions: boolean): string | null {
  for (const use of uses === undefined ? [] : [uses].flat()) {
    const options = typeof use === 'string' ? { name: use } : (use as { name: string } & Record<string, unknown>);
    if ('unknown' in options && options.unknown === 'createOption' && !makesOptions)
      return `${options.name}: unknown: createOption makes options of properties, so it works only in a flow that writes to HubSpot`;
    const problem =
      options.name === 'picklist'
        ? picklistProblem(options)
        : options.name === 'multiSelect'
          ? membersProblem(options)
          : null;
    if (problem !== null) return problem;
  }
  return null;
}

const POLICIES = ['error', 'leave', 'keep', 'default', 'createOption'];
const SHAPE = '{ name: picklist, table: { Gold: Premium, Silver: Standard }, unknown: error }';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) || value === null;

function picklistProblem(options: Readonly<Record<string, unknown>>): string | null {
  const { table, unknown = 'error' } = options;
  if (!isObject(table) || Object.keys(table).length === 0)
    return `picklist needs a table of what each value becomes: ${SHAPE}`;
  const bad = Object.entries(table).find(([, value]) => !isPlain(value));
  if (bad)
    return `picklist: ${JSON.stringify(bad[0])} must become one text, number, true, false or null, not ${JSON.stringify(bad[1])}`;
  if (!POLICIES.includes(String(unknown)))
    return `picklist: unknown is ${JSON.stringify(unknown)}; it says what becomes of a value that is not in the table: ${POLICIES.join(', ')}`;
  if (unknown === 'default' && !isPlain(options['default']))
    return 'picklist: unknown: default needs a default, such as default: "1"';
  const known = ['name', 'table', 'unknown', 'default'];
  const other = Object.keys(options).find((name) => !known.includes(name));
  return other === undefined ? null : `picklist has no "${other}": ${SHAPE}`;
}

function membersProblem({ allowed }: Readonly<Record<string, unknown>>): string | null {
  return allowed === undefined ||
    (Array.isArray(allowed) && allowed.length > 0 && allowed.every((one) => typeof one === 'string'))
    ? null
    : 'multiSelect: allowed must be a list of the members there are, such as allowed: [Red, Green]';
}
