import type { TransformUse } from './flow-schema';
import { TransformError } from './transform-error';
import type { TransformContext } from './types';

/** Runs a chain of named transforms. Null ends the chain: what is empty stays empty. */
export function applyTransforms(value: unknown, uses: TransformUse | undefined, context: TransformContext): unknown {
  if (uses === undefined) return value;
  let current = value;
  for (const use of Array.isArray(uses) ? uses : [uses]) {
    if (current === null || current === undefined) return current;
    const name = typeof use === 'string' ? use : use.name;
    const transform = context.transforms[name];
    if (!transform) {
      throw new TransformError(
        'MAPPING_FAILED',
        `The flow uses the transform "${name}", which does not exist.`,
        'Correct the name in the flow, or register the transform.',
      );
    }
    current = transform(current, context, typeof use === 'string' ? {} : use);
  }
  return current;
}

export const transformNames = (uses: TransformUse | undefined): string[] =>
  (uses === undefined ? [] : Array.isArray(uses) ? uses : [uses]).map((use) =>
    typeof use === 'string' ? use : use.name,
  );
