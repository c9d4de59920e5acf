import type { KeyAction } from '../config/schema-sources';

/** Who calls: which source's data they may see and what they may do with it. */
export interface Principal {
  /** For logs and the trail of manual actions: `key:<id>`, `jwt:<subject>`, `hook:<source>`. */
  actor: string;
  source: string;
  actions: ReadonlySet<KeyAction>;
  /** CRM objects that may be sent; null = all. */
  objects: ReadonlySet<string> | null;
}

export const isAdmin = (principal: Principal): boolean => principal.actions.has('admin');

export const mayDo = (principal: Principal, action: KeyAction): boolean =>
  isAdmin(principal) || principal.actions.has(action);

/** The source whose rows a caller sees; undefined = every source's. */
export const visibleSource = (principal: Principal): string | undefined =>
  isAdmin(principal) ? undefined : principal.source;
