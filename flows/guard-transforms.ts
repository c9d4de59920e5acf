import { TransformError } from './transform-error';
import type { Transform } from './types';

const isValue = (value: unknown): boolean =>
  value === null ||
  ['undefined', 'string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'));

/** Transforms of an installation, made safe: what they throw, or answer in a form no field takes, is a problem of the one record. */
export function guardTransforms(transforms: Readonly<Record<string, Transform>>): Record<string, Transform> {
  return Object.fromEntries(
    Object.entries(transforms).map(([name, transform]) => [name, guarded(name, transform)] as const),
  );
}

const guarded =
  (name: string, transform: Transform): Transform =>
  (value, context, options) => {
    const failed = (reason: string): TransformError =>
      new TransformError(
        'MAPPING_FAILED',
        `The transform "${name}" of this installation ${reason} for ${JSON.stringify(value)}.`,
        'Correct the transform, or the value in the CRM.',
      );
    let result: unknown;
    try {
      result = transform(value, context, options);
    } catch (error) {
      if (error instanceof TransformError) throw error;
      throw failed(`failed (${error instanceof Error ? error.message : String(error)})`);
    }
    if (isValue(result)) return result;
    throw failed('answered neither text, number, boolean, list of texts nor null');
  };
