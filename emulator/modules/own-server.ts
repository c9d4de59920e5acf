import type { Account } from '../kernel/types';

const KEY = 'own-server';
/** Domains of an account that scripts may call (page chapter_157011836591): forms without login, RESTlets, REST. The one of the UI wants a session. */
const HOSTS = ['extforms', 'restlets.api', 'suitetalk.api'];
/** What is served there; the control API is not. */
const SERVED = /^\/(?:app\/site\/hosting|services)\//;

/** Called when the server listens. */
export const setOwnServer = (account: Account, baseUrl: string): void => void account.parts.set(KEY, baseUrl);

/** This emulator's own address, for a URL of the account's own domains. */
export function ownServer(account: Account, { hostname, pathname }: URL): string | undefined {
  const name = account.settings.accountId.toLowerCase().replaceAll('_', '-');
  const isOwn = HOSTS.some((host) => hostname === `${name}.${host}.netsuite.com`) && SERVED.test(pathname);
  return isOwn ? (account.parts.get(KEY) as string | undefined) : undefined;
}
