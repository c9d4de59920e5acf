import { ConfigError } from '../../../relay/config/config-error';
import { loadMapper } from '../../../relay/config/load-mapper';
import { parseConfig } from '../../../relay/config/load-config';
import { machineSources } from '../../../relay/config/resolve-values';
import { checkStartable } from '../../../relay/runtime/check-startable';

const auth = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };
const certificate = { type: 'oauth2', clientId: 'a', certificateId: 'b' };
const salesforce = { name: 'crm', kind: 'salesforce', baseUrl: 'https://acme.my.salesforce.com' };
const jwt = { type: 'jwt', clientId: 'a', username: 'u', privateKeyFile: 'nowhere.pem' };

/** Paths of what a start would refuse, of a file whose shape is right. */
function refused(change: object, account: object = {}): string[] {
  const text = JSON.stringify({
    store: { path: 'data' },
    netsuite: [{ account: '1234567', auth, ...account }],
    ...change,
  });
  const config = parseConfig(text, 'relay.json', machineSources('/'), '/nowhere');
  try {
    checkStartable(config, loadMapper(config, 'relay.json'));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path }) => path);
    throw error;
  }
}

test.each([
  ['a CRM without what it needs', { crm: [{ name: 'crm', kind: 'hubspot' }] }, {}, 'crm.0.token'],
  [
    'a misspelt setting of a CRM',
    { crm: [{ name: 'crm', kind: 'hubspot', token: 'x', limit: {} }] },
    {},
    'crm.0.limit',
  ],
  [
    'a setting of another kind of CRM',
    { crm: [{ ...salesforce, auth: { ...jwt, privateKey: 'x' }, token: 'x' }] },
    {},
    'crm.0.token',
  ],
  ['a key for Salesforce that is not there', { crm: [{ ...salesforce, auth: jwt }] }, {}, 'crm.0.auth'],
  [
    'a key for NetSuite that is not there',
    {},
    { auth: { ...certificate, privateKeyFile: 'no.pem' } },
    'netsuite.0.auth',
  ],
  ['a key for NetSuite that is none', {}, { auth: { ...certificate, privateKey: 'hello' } }, 'netsuite.0.auth'],
  [
    'a certificate that is not there',
    { listen: { tls: { certFile: 'a.pem', keyFile: 'b.pem' } } },
    {},
    'listen.tls.certFile',
  ],
  [
    'public keys of callers that are not there',
    { sources: [{ name: 'a', kind: 'generic', jwt: { issuer: 'i', audience: 'a', jwksFile: 'no.json' } }] },
    {},
    'sources.0.jwt.jwksFile',
  ],
])('is refused without a start: %s', (_what, change, account, at) => expect(refused(change, account)).toEqual([at]));

test('what is right passes', () => {
  expect(refused({ crm: [{ name: 'crm', kind: 'hubspot', token: 'x', poll: { everySeconds: 60 } }] })).toEqual([]);
});
