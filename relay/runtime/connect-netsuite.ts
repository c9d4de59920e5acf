import { readFileSync } from 'node:fs';
import type { NetSuiteConfig } from '../config/schema-netsuite';
import { makeAgent, makeRestletClient, oauth2Authorizer, readPrivateKey, tbaAuthorizer } from '../netsuite';
import type { Authorizer, RestletClient } from '../netsuite';

/** Where an account's token endpoint lies, beside its services (Oracle page section_158074210415). */
const TOKEN_PATH = '/services/rest/auth/oauth2/v1/token';

const hostName = (account: string): string => account.toLowerCase().replaceAll('_', '-');

export const baseUrlOf = ({ account, baseUrl }: NetSuiteConfig): string =>
  baseUrl ?? `https://${hostName(account)}.restlets.api.netsuite.com`;

/** The token endpoint: given, or that of the account; where `baseUrl` is not NetSuite's own host (an emulator), under it. */
export function tokenUrlOf({ account, baseUrl, auth }: NetSuiteConfig): string {
  if (auth.type === 'oauth2' && auth.tokenUrl !== undefined) return auth.tokenUrl;
  const own = baseUrl === undefined || new URL(baseUrl).hostname.endsWith('.netsuite.com');
  const origin = own ? `https://${hostName(account)}.suitetalk.api.netsuite.com` : baseUrl;
  return new URL(TOKEN_PATH, origin).href;
}

export interface NetSuiteConnection {
  client: RestletClient;
  /** Reads other credentials of the same account; throws when they can't be used. `take` has calls signed with them from then on. */
  prepareAuth: (next: NetSuiteConfig) => { take: () => void };
}

/** A client for one account. */
export const connectNetSuite = (netsuite: NetSuiteConfig, connectMs: number): RestletClient =>
  connectRenewable(netsuite, connectMs).client;

/**
 * A client whose credentials can be changed while it works. Keys are read once, here: a missing or broken one stops the start or the
 * reload, not the first call. A call under way ends with what it was signed with; NetSuite honours a token of the former certificate
 * until it ends.
 */
export function connectRenewable(netsuite: NetSuiteConfig, connectMs: number): NetSuiteConnection {
  const { concurrency } = netsuite;
  // One connection a slot, and one each for the token and the pull of events.
  const agent = makeAgent(connectMs, concurrency.limit + 2);
  let current = authorizer(netsuite, agent);
  const renewable: Authorizer = {
    header: (method, url) => current.header(method, url),
    renew: (refused) => current.renew(refused),
  };
  return {
    client: makeRestletClient(baseUrlOf(netsuite), renewable, agent),
    prepareAuth: (next) => {
      const prepared = authorizer(next, agent);
      return {
        take: () => {
          current = prepared;
        },
      };
    },
  };
}

function authorizer(netsuite: NetSuiteConfig, agent: ReturnType<typeof makeAgent>): Authorizer {
  const { auth, account } = netsuite;
  if (auth.type === 'tba') {
    const { consumerKey, consumerSecret, tokenId, tokenSecret } = auth;
    const realm = auth.realm ?? account.toUpperCase().replaceAll('-', '_');
    return tbaAuthorizer({ realm, consumerKey, consumerSecret, tokenId, tokenSecret });
  }
  const tokenUrl = tokenUrlOf(netsuite);
  const pem = auth.privateKey ?? readFileSync(auth.privateKeyFile ?? '', 'utf8');
  const { clientId, certificateId, alg, scope, audience } = auth;
  const privateKey = readKey(pem, auth.privateKeyFile);
  return oauth2Authorizer(
    { clientId, certificateId, privateKey, alg, tokenUrl, audience: audience ?? tokenUrl, scope },
    agent,
  );
}

function readKey(pem: string, file: string | undefined): ReturnType<typeof readPrivateKey> {
  try {
    return readPrivateKey(pem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file ?? 'auth.privateKey'} holds no private key in PEM that can be read (${reason})`, {
      cause: error,
    });
  }
}
