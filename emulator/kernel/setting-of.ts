import type { NamedSetting } from './setting-names';
import type { Account } from './types';

/**
 * A named setting for what no source confirms: from the configuration's `settings` map, or posted at the top level; else the default.
 * docs/emulator.md lists them.
 */
export function settingOf<T>(account: Pick<Account, 'settings'>, name: NamedSetting, fallback: T): T {
  return (account.settings.settings[name] ?? account.settings[name] ?? fallback) as T;
}
