import { createHash } from 'node:crypto';
import type { ConfigIssue } from './config-error';
import type { RelayConfig } from './schema';
import type { NetSuiteConfig } from './schema-netsuite';

/** Values that stand in examples and tutorials, or that people type first. */
const WELL_KNOWN = [
  'changeme',
  'change-me',
  'secret',
  'password',
  'test',
  'admin',
  'example',
  'default',
  'demo',
  'suiterelay',
  'apikey',
  '123456',
  '',
];
const WELL_KNOWN_HASHES = new Set(WELL_KNOWN.map((word) => createHash('sha256').update(word).digest('hex')));

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Set-ups that would work and are dangerous. Each comes with what to do instead. */
export function checkSafety(config: RelayConfig): ConfigIssue[] {
  return [
    ...secretIssues(config),
    ...config.netsuite.flatMap((netsuite, index) => accountIssues(config, netsuite, `netsuite.${index}`)),
    ...plainTargets(config),
    ...listenIssues(config),
  ];
}

function secretIssues(config: RelayConfig): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const refuse = (path: string, remedy: string) =>
    issues.push({ path, message: `is a well-known default that anybody can guess; ${remedy}` });
  config.sources.forEach((source, s) => {
    source.keys.forEach((key, k) => {
      if (WELL_KNOWN_HASHES.has(key.sha256))
        refuse(`sources.${s}.keys.${k}.sha256`, 'make one with `suiterelay keygen --api-key`');
    });
    source.hubspot?.clientSecrets.forEach((secret, k) => {
      if (isWeak(secret))
        refuse(`sources.${s}.hubspot.clientSecrets.${k}`, "copy the app's client secret from HubSpot");
    });
    source.signingSecrets.forEach((secret, k) => weakSigning(secret, `sources.${s}.signingSecrets.${k}`, issues));
  });
  config.netsuite.forEach((netsuite, n) =>
    netsuite.events.secrets.forEach((secret, k) => weakSigning(secret, `netsuite.${n}.events.secrets.${k}`, issues)),
  );
  config.crm.forEach((crm, c) =>
    crm.signingSecrets.forEach((secret, k) => weakSigning(secret, `crm.${c}.signingSecrets.${k}`, issues)),
  );
  return issues;
}

const isWeak = (secret: string): boolean => WELL_KNOWN.includes(secret.toLowerCase());

/** Standard Webhooks asks for 24 to 64 random bytes. */
function weakSigning(secret: string, path: string, issues: ConfigIssue[]): void {
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
  if (bytes.length < 24 || new Set(bytes).size < 4) {
    issues.push({
      path,
      message:
        'must hold at least 24 random bytes in base64 after whsec_; make one with `suiterelay keygen --signing-secret`',
    });
  }
}

/** `_SB1`, `_RP`, `TSTDRV…` and `TD…` are not production (Oracle page section_4834765371). */
const isSandboxAccount = (account: string): boolean =>
  /[_-](SB|RP)\d*$/i.test(account) || /^(TSTDRV|TD)\d+/i.test(account);

function accountIssues(config: RelayConfig, netsuite: NetSuiteConfig, at: string): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const { account, auth } = netsuite;
  const sandbox = isSandboxAccount(account);
  if (config.environment === 'production' && sandbox) {
    issues.push({
      path: `${at}.account`,
      message: `${account} is not a production account, but environment is "production"; use the production account with its own key, or environment: sandbox`,
    });
  }
  if (config.environment === 'sandbox' && !sandbox) {
    issues.push({
      path: `${at}.account`,
      message: `${account} is a production account, but environment is "sandbox"; use the _SB account with its own key, or environment: production`,
    });
  }
  const wanted = hostPart(account);
  const check = (path: string, url: string | undefined) => {
    const named = url === undefined ? null : accountOfHost(url);
    if (named !== null && named !== wanted) {
      issues.push({
        path: `${at}.${path}`,
        message: `is the address of ${named}, but the account is ${account}; a key of one account must not be used on another`,
      });
    }
  };
  check('baseUrl', netsuite.baseUrl);
  if (auth.type === 'oauth2') {
    check('auth.tokenUrl', auth.tokenUrl);
    check('auth.audience', auth.audience);
  } else if (auth.realm !== undefined && hostPart(auth.realm) !== wanted) {
    issues.push({
      path: `${at}.auth.realm`,
      message: `is ${auth.realm}, but the account is ${account}; tokens of one account must not be used on another`,
    });
  }
  return issues;
}

/** Addresses to which secrets or records go, or from which the keys of callers come, without encryption. */
function plainTargets(config: RelayConfig): ConfigIssue[] {
  if (config.environment === 'development') return [];
  const targets: [path: string, url: unknown][] = [
    ...config.netsuite.flatMap(({ baseUrl, auth }, at): [string, unknown][] => [
      [`netsuite.${at}.baseUrl`, baseUrl],
      [`netsuite.${at}.auth.tokenUrl`, auth.type === 'oauth2' ? auth.tokenUrl : undefined],
    ]),
    ...config.crm.flatMap((crm, at): [string, unknown][] => [
      [`crm.${at}.baseUrl`, crm.baseUrl],
      [`crm.${at}.url`, crm.url],
      [`crm.${at}.auth.tokenUrl`, (crm as { auth?: { tokenUrl?: unknown } }).auth?.tokenUrl],
    ]),
    ...config.sources.map(({ jwt }, at): [string, unknown] => [`sources.${at}.jwt.jwksUrl`, jwt?.jwksUrl]),
    ...config.alerts.map(({ url }, at): [string, unknown] => [`alerts.${at}.url`, url]),
  ];
  return (
    targets
      .filter(([, url]) => typeof url === 'string' && /^http:/i.test(url))
      // An account is never on this machine; what is there is an emulator.
      .filter(([path, url]) => path.startsWith('netsuite.') || !staysHere(String(url)))
      .map(([path]) => ({
        path,
        message: 'is not encrypted; use https, or environment: development for a local emulator',
      }))
  );
}

const staysHere = (url: string): boolean => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);

const hostPart = (account: string): string => account.toLowerCase().replaceAll('_', '-');

/** The account that a NetSuite host names; null for any other host. */
function accountOfHost(url: string): string | null {
  const found = /^https?:\/\/([a-z0-9-]+)\.(?:restlets\.api|suitetalk\.api|app)\.netsuite\.com(?:[:/]|$)/i.exec(url);
  return found?.[1]?.toLowerCase() ?? null;
}

function listenIssues(config: RelayConfig): ConfigIssue[] {
  const { host, tls } = config.listen;
  if (config.environment === 'development' || tls !== undefined || LOOPBACK.test(host) || config.trustProxy !== false)
    return [];
  return [
    {
      path: 'listen',
      message: `would serve ${host} without encryption; give listen.tls, listen on 127.0.0.1 behind a proxy, or name the proxy in trustProxy`,
    },
  ];
}
