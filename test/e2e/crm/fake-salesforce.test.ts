import { generateKeyPairSync } from 'node:crypto';
import { Connection, OAuth2 } from '@jsforce/jsforce-node';
import { StreamingExtension } from '@jsforce/jsforce-node/lib/api/streaming';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { makeAssertion } from '../../../relay/crm/salesforce/salesforce-session';

/** The fake org is driven by Salesforce's own client here: what it can't read, or does not expect, fails. */

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const app = { clientId: 'consumer-key', clientSecret: 'consumer-secret-of-the-test', certificate: publicKey };
const user = 'integration@example.com';
let org: FakeSalesforce;
let connection: Connection;

/** A session by the JWT bearer flow, renewed by jsforce when the org ends it. */
async function connect(): Promise<Connection> {
  const token = async (): Promise<string> => {
    const oauth = new OAuth2({ loginUrl: org.url, clientId: app.clientId });
    const assertion = makeAssertion(
      { type: 'jwt', clientId: app.clientId, username: user, audience: 'https://login.salesforce.com' },
      privateKey,
      Date.now(),
    );
    const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    return ((await oauth.requestToken(grant)) as { access_token: string }).access_token;
  };
  return new Connection({
    instanceUrl: org.url,
    accessToken: await token(),
    version: '62.0',
    callOptions: { client: 'another-integration' },
    refreshFn: (_connection, done) => {
      token().then(
        (fresh) => void done(null, fresh),
        (error: unknown) => void done(error as Error),
      );
    },
  });
}

beforeEach(async () => {
  org = await startFakeSalesforce({ ...app, usernames: [user] });
  connection = await connect();
});
afterEach(() => org.close());

describe('The fake Salesforce org, driven by jsforce', () => {
  it('signs in by JWT bearer with the certificate of the app only, and renews an ended session', async () => {
    await connection.query('SELECT Id FROM Account');
    org.endSessions();
    await expect(connection.query('SELECT Id FROM Account')).resolves.toMatchObject({ totalSize: 0, done: true });
    expect(org.signIn.count).toBe(2);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const forged = makeAssertion(
      { type: 'jwt', clientId: app.clientId, username: user, audience: 'https://login.salesforce.com' },
      other.export({ type: 'pkcs8', format: 'pem' }).toString(),
      Date.now(),
    );
    const oauth = new OAuth2({ loginUrl: org.url, clientId: app.clientId });
    const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: forged };
    await expect(oauth.requestToken(grant)).rejects.toThrow('invalid assertion');
  });

  it('creates, reads, changes, finds and deletes records', async () => {
    const accounts = connection.sobject('Account');
    const made = await accounts.create({ Name: 'Müller & Söhne 🌿', NumberOfEmployees: 12 });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id!;
    expect(id).toHaveLength(18);
    await accounts.update({ Id: id, Phone: '+49 89 1' });
    expect(await accounts.retrieve(id)).toMatchObject({ Name: 'Müller & Söhne 🌿', Phone: '+49 89 1' });
    const child = await connection.sobject('Contact').create({ LastName: 'Süß', AccountId: id });
    expect(child.success).toBe(true);
    const found = await connection.query<Record<string, unknown>>(
      `SELECT Id, Name, (SELECT LastName FROM Contacts) FROM Account WHERE (Name LIKE 'müller%' AND NumberOfEmployees > 10) OR Name = 'x' ORDER BY Name DESC LIMIT 5`,
    );
    expect(found.records[0]).toMatchObject({ Id: id, Contacts: { records: [{ LastName: 'Süß' }] } });
    const contacts = await connection.query(`SELECT Account.Name FROM Contact WHERE Account.Name != null`);
    expect(contacts.records[0]).toMatchObject({ Account: { Name: 'Müller & Söhne 🌿' } });
    await accounts.destroy(id);
    expect((await connection.query('SELECT count() FROM Account')).totalSize).toBe(0);
    const kept = await connection.query('SELECT Id, IsDeleted FROM Account', { scanAll: true });
    expect(kept.records[0]).toMatchObject({ Id: id, IsDeleted: true });
  });

  it('describes itself with the fields of the package, and pages long answers', async () => {
    expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain('Opportunity');
    const { fields } = await connection.describe('Account');
    const key = fields.find(({ name }) => name === 'NetSuite_Internal_ID__c');
    expect(key).toMatchObject({ type: 'string', length: 32, externalId: true, unique: true, idLookup: true });
    for (let at = 0; at < 4100; at += 1) org.add('Lead', { Id: `00Q${String(at)}`, LastName: `L${at}` });
    expect(await connection.query('SELECT Id FROM Lead', { autoFetch: true, maxFetch: 10_000 })).toMatchObject({
      totalSize: 4100,
      done: true,
    });
  });

  it('P30: gives every row of a collection its own outcome, and none of them any when all or none was asked for', async () => {
    const rows = [
      { Name: 'Good', NetSuite_Internal_ID__c: '1' },
      { Name: 'x'.repeat(256), NetSuite_Internal_ID__c: '2' },
      { NetSuite_Internal_ID__c: '3' },
      { Name: 'Fine', NetSuite_Internal_ID__c: '4', NetSuite_Balance__c: 12.5 },
    ];
    const results = await connection.sobject('Account').upsert(rows, 'NetSuite_Internal_ID__c');
    expect(results.map(({ success }) => success)).toEqual([true, false, false, true]);
    expect(
      results.map((row) =>
        row.success
          ? ''
          : (row.errors[0]!.errorCode ?? (row.errors[0] as unknown as { statusCode: string }).statusCode),
      ),
    ).toEqual(['', 'STRING_TOO_LONG', 'REQUIRED_FIELD_MISSING', '']);
    const again = await connection
      .sobject('Account')
      .upsert([{ Name: 'Better', NetSuite_Internal_ID__c: '1' }], 'NetSuite_Internal_ID__c');
    expect(again[0]).toMatchObject({ success: true, created: false });
    await connection.sobject('Account').create([{ Name: 'A' }, {}], { allOrNone: true });
    expect((await connection.query(`SELECT Id FROM Account WHERE Name = 'A'`)).totalSize).toBe(0);
  });

  it('refuses what an org refuses: unknown, computed and duplicate values, unreadable ones, wrong queries', async () => {
    const accounts = connection.sobject('Account');
    await accounts.create({ Name: 'One', NetSuite_Internal_ID__c: '1' });
    const refused = (row: Record<string, unknown>): Promise<unknown> =>
      accounts.create(row as { Name: string }).catch((error: { errorCode: string }) => error.errorCode);
    expect(await refused({ Name: 'Two', NetSuite_Internal_ID__c: '1' })).toBe('DUPLICATE_VALUE');
    expect(await refused({ Name: 'Two', Nonsense__c: '1' })).toBe('INVALID_FIELD');
    expect(await refused({ Name: 'Two', CreatedDate: '2026-01-01' })).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    expect(await refused({ Name: 'Two', NetSuite_Balance__c: 'much' })).toBe('JSON_PARSER_ERROR');
    await expect(connection.query('SELECT Nonsense FROM Account')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    await expect(connection.query('SELEKT Id FROM Account')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
    org.setRule(() => ({ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', fields: [] }));
    expect(await refused({ Name: 'Two' })).toBe('UNABLE_TO_LOCK_ROW');
  });

  it('shows many children of a record in pages, the rest behind a locator that jsforce follows', async () => {
    const lines = Array.from({ length: 450 }, (_, at) => ({ Id: `00k${at}`, Quantity: 1 }));
    org.add('Opportunity', { Id: '006000000000001AAA', Name: 'Large', OpportunityLineItems: { records: lines } });
    const soql = 'SELECT Id, (SELECT Id FROM OpportunityLineItems) FROM Opportunity';
    type Page = { done: boolean; nextRecordsUrl?: string; records: { Id: string }[] };
    const { records } = await connection.query<{ OpportunityLineItems: Page }>(soql);
    let page: Page = records[0]!.OpportunityLineItems;
    const seen = [...page.records];
    while (page.nextRecordsUrl !== undefined) {
      page = await connection.queryMore(page.nextRecordsUrl);
      seen.push(...page.records);
    }
    expect(seen.map(({ Id }) => Id)).toEqual(lines.map(({ Id }) => Id));
    expect(page.done).toBe(true);
  });

  it('exchanges a refresh token by jsforce’s own flow, each time for another where the app rotates them', async () => {
    const own = await startFakeSalesforce({ ...app, refreshToken: 'first-refresh-token' });
    try {
      own.signIn.rotates = true;
      const oauth = new OAuth2({ loginUrl: own.url, clientId: app.clientId, clientSecret: app.clientSecret });
      const first = (await oauth.refreshToken('first-refresh-token')) as { refresh_token?: string };
      expect(first.refresh_token).not.toBe('first-refresh-token');
      await expect(oauth.refreshToken('first-refresh-token')).rejects.toThrow(/refresh token/);
      await expect(oauth.refreshToken(first.refresh_token!)).resolves.toHaveProperty('access_token');
    } finally {
      await own.close();
    }
  });

  it('carries out a Bulk API 2.0 job from opening to its three results', async () => {
    await connection.sobject('Account').create({ Name: 'Held', NetSuite_Internal_ID__c: '7' });
    const job = connection.bulk2.createJob({
      object: 'Account',
      operation: 'upsert',
      externalIdFieldName: 'NetSuite_Internal_ID__c',
    });
    await job.open();
    await job.uploadData([
      { NetSuite_Internal_ID__c: '7', Name: 'Changed, "quoted"\nand broken' },
      { NetSuite_Internal_ID__c: '8', Name: '' },
      { NetSuite_Internal_ID__c: '9', Name: 'New' },
    ]);
    await job.close();
    await job.poll(20, 5000);
    const { successfulResults, failedResults, unprocessedRecords } = await job.getAllResults();
    expect(successfulResults.map((row) => row.sf__Created)).toEqual(['false', 'true']);
    expect(failedResults).toHaveLength(1);
    expect(failedResults[0]?.sf__Error).toMatch(/^REQUIRED_FIELD_MISSING:/);
    expect(unprocessedRecords).toHaveLength(0);
    const named = await connection.query(`SELECT Name FROM Account WHERE NetSuite_Internal_ID__c = '7'`);
    expect(named.records[0]).toMatchObject({ Name: 'Changed, "quoted"\nand broken' });
  });

  it('counts calls against the limit of the day, and refuses beyond it', async () => {
    await connection.query('SELECT Id FROM Account');
    expect(connection.limitInfo.apiUsage).toMatchObject({ limit: 15_000 });
    const small = await startFakeSalesforce({ ...app, dailyLimit: 2 });
    try {
      const session = small.signIn.answer(
        new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: app.clientId,
          client_secret: app.clientSecret,
        }),
        small.url,
      ).body as { access_token: string };
      const limited = new Connection({ instanceUrl: small.url, accessToken: session.access_token, version: '62.0' });
      await limited.query('SELECT Id FROM Account');
      await limited.query('SELECT Id FROM Account');
      await expect(limited.query('SELECT Id FROM Account')).rejects.toMatchObject({
        errorCode: 'REQUEST_LIMIT_EXCEEDED',
      });
    } finally {
      await small.close();
    }
  });

  it('A33: streams changes with their origin, from where a subscriber left off', async () => {
    const channel = '/data/AccountChangeEvent';
    await connection.sobject('Account').create({ Name: 'Before' });
    const client = connection.streaming.createClient([new StreamingExtension.Replay(channel, -2)]);
    const seen: { payload: { ChangeEventHeader: { changeOrigin: string; changeType: string } } }[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        const subscription = client.subscribe(channel, (event: (typeof seen)[number]) => {
          seen.push(event);
          if (seen.length === 1) org.edit('Account', org.table.all('Account')[0]![0], { Name: 'By a person' });
          else resolve();
        });
        subscription.then(undefined, reject);
      });
    } finally {
      // One that is cut off would ask for its place again for ever.
      await (client as unknown as { disconnect: () => PromiseLike<void> }).disconnect();
    }
    expect(seen.map(({ payload }) => payload.ChangeEventHeader)).toEqual([
      expect.objectContaining({
        changeType: 'CREATE',
        changeOrigin: 'com/salesforce/api/rest/62.0;client=another-integration',
      }),
      expect.objectContaining({ changeType: 'UPDATE', changeOrigin: 'com/salesforce/core' }),
    ]);
  });
});
