/** Longest description that Salesforce External Services takes, in characters. */
const MAX_DESCRIPTION = 1333;

/**
 * Narrows a document to what Salesforce External Services understands: no `enum`, no `oneOf`/`anyOf` (the first real form stands for
 * all), short descriptions. It describes less than the 3.1 document, never something else.
 */
export function forExternalServices(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forExternalServices);
  if (typeof node !== 'object' || node === null) return node;
  const { enum: values, oneOf, anyOf, ...rest } = node as Record<string, unknown>;
  const choices = (oneOf ?? anyOf) as Record<string, unknown>[] | undefined;
  const merged = choices ? { ...firstForm(choices), ...rest } : rest;
  const narrowed = Object.fromEntries(
    Object.entries(merged).map(([name, value]) => [name, forExternalServices(value)]),
  );
  if (Array.isArray(values)) {
    narrowed['type'] ??= 'string';
    narrowed['description'] = [narrowed['description'], `One of: ${values.join(', ')}.`].filter(Boolean).join(' ');
  }
  if (typeof narrowed['description'] === 'string')
    narrowed['description'] = narrowed['description'].slice(0, MAX_DESCRIPTION);
  return narrowed;
}

function firstForm(choices: readonly Record<string, unknown>[]): Record<string, unknown> {
  const real = choices.find(({ type }) => type !== 'null') ?? {};
  const nullable = choices.some(({ type, nullable: may }) => type === 'null' || may === true);
  return nullable ? { ...real, nullable: true } : real;
}
