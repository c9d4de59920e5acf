import { hide } from '../../define';
import { SuiteScriptError } from '../../errors';

/** In server scripts, promises exist for a few modules only, N/record is not among them (section_4267283788, subsect_24165317531). */
export function denyPromise(name: string): () => never {
  return () => {
    throw new SuiteScriptError({
      name: 'SSS_INVALID_API_USAGE',
      message: `Invalid API usage. ${name}.promise is available in client scripts only.`,
    });
  };
}

/** Gives each function of a module or prototype a `promise` member that throws. */
export function denyPromises(owner: object, prefix: string, names: string[]): void {
  for (const name of names) {
    const method = Object.hasOwn(owner, name) ? (owner as Record<string, unknown>)[name] : undefined;
    if (typeof method === 'function') hide(method, 'promise', denyPromise(`${prefix}.${name}`));
  }
}
