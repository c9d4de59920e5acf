import { createRequire } from 'node:module';
import { FlowDefinitionError } from '../../flows';
import type { Transform } from '../../flows';

/**
 * The transforms of the installation: every function that the modules export, under the name it has there. A module is JavaScript,
 * `export const salutation = (value, context, options) => …`, and runs inside the relay: it is trusted like the configuration itself.
 */
export function loadTransforms(files: readonly string[]): Record<string, Transform> {
  const found: Record<string, Transform> = {};
  for (const file of files) {
    for (const [name, value] of Object.entries(load(file))) {
      if (name === 'default' || name === 'module.exports' || name === '__esModule') continue;
      if (typeof value !== 'function') throw refused(file, `exports ${name}, which is no function`);
      if (Object.hasOwn(found, name)) throw refused(file, `exports ${name}, which another file exports too`);
      found[name] = value as Transform;
    }
  }
  return found;
}

function load(file: string): Record<string, unknown> {
  try {
    return createRequire(file)(file) as Record<string, unknown>;
  } catch (error) {
    throw refused(file, `can't be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const refused = (file: string, message: string): FlowDefinitionError =>
  new FlowDefinitionError([{ flow: file, path: 'transforms', message }]);
