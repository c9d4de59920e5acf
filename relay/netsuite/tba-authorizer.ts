import { signTba, type TbaCredentials } from './sign-tba';
import type { Authorizer } from './types';

/** Signs each request afresh; a token that is refused once is refused again. */
export const tbaAuthorizer = (credentials: TbaCredentials): Authorizer => ({
  header: (method, url) => Promise.resolve(signTba(credentials, method, url)),
  renew: () => false,
});
