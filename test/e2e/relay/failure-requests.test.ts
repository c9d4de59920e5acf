import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startAccount, type NetSuiteAccount, type StoredRecord } from '../../helpers/netsuite/account-process';
import { ADMIN, KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

/** Relay and account as processes of their own: an administrator in NetSuite asks, the relay obeys and answers. */
describe.each(['pull', 'push'] as const)('requests on failure records, events by %s', (mode) => {
  const secret = randomBytes(32).toString('base64');
  let account: NetSuiteAccount;
  let relay: RelayProcess;
  let removeFolder: () => void;

  beforeAll(async () => {
    account = await startAccount();
    const events = mode === 'pull' ? { mode, everySeconds: 1 } : { mode, secrets: [`whsec_${secret}`] };
    const folder = relayFolder(account.url, {
      netsuite: [{ account: account.accountId, baseUrl: account.url, auth: { type: 'tba', ...account.tba }, events }],
    });
    removeFolder = () => folder.remove();
    relay = await startRelayProcess(folder.file);
    await account.control('POST', 'settings', {
      hosts: { 'relay.example.com': relay.url },
      secrets: { custsecret_srl_events: secret },
    });
  });

  afterAll(async () => {
    relay.child.kill('SIGTERM');
    await relay.exited;
    await account.stop();
    removeFolder();
  });

  const send = async (externalId: string, fields: object): Promise<string> => {
    const answer = await fetch(`${relay.url}/v1/upserts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': externalId },
      body: JSON.stringify({
        source: 'direct',
        records: [{ recordType: 'customer', action: 'upsert', full: true, key: { externalId }, fields }],
      }),
    });
    const { operations } = (await answer.json()) as { operations: { operationId: string }[] };
    return operations[0]?.operationId ?? '';
  };
  const operation = async (id: string): Promise<{ state: string; history?: unknown }> => {
    const answer = await fetch(`${relay.url}/v1/operations/${id}`, { headers: { authorization: `Bearer ${ADMIN}` } });
    return (await answer.json()) as { state: string };
  };
  const rowOf = async (opId: string): Promise<StoredRecord | undefined> =>
    (await account.control<StoredRecord[]>('GET', 'records/customrecord_srl_failure')).find(
      (row) => row.fields['custrecord_srl_fl_op'] === opId,
    );
  async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
    for (const end = Date.now() + 90_000; ;) {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      if (Date.now() > end) throw new Error(`it never came to: ${String(look)}`);
      await setTimeout(50);
    }
  }
  /** The row of a failed operation. NetSuite writes it before its answer is here: until then nobody can decide about the operation. */
  const toldAs = async (opId: string): Promise<StoredRecord> => {
    await until(async () => ['review', 'dead'].includes((await operation(opId)).state));
    return until(() => rowOf(opId));
  };
  /** What the browser's list or form does, and, where events are pushed, the run of the publisher that its schedule starts. */
  const ask = async (row: StoredRecord | undefined, action: 'Retry' | 'Resolve', note: string): Promise<void> => {
    const actions = await account.control<StoredRecord[]>('GET', 'records/customlist_srl_action');
    const id = actions.find((entry) => entry.fields['name'] === action)?.id;
    await account.control('POST', 'ui/save', {
      type: 'customrecord_srl_failure',
      id: row?.id,
      fields: { custrecord_srl_fl_action: id, custrecord_srl_fl_note: note },
      inline: true,
    });
    if (mode === 'pull') return;
    await account.control('POST', 'scripts/customscript_srl_publish_changes/customdeploy_srl_publish_changes_2/run', {
      wait: true,
      params: { custscript_srl_relay_url: 'https://relay.example.com/v1/netsuite/events' },
    });
  };
  const answered = (row: StoredRecord | undefined): Promise<StoredRecord> =>
    until(async () => {
      const now = await account.record('customrecord_srl_failure', row?.id ?? '');
      const open = now === null || (now.fields['custrecord_srl_fl_action'] ?? null) !== null;
      return open || (now.fields['custrecord_srl_fl_answer'] ?? null) === null ? undefined : now;
    });
  const customer = (terms: string, name: string): object => ({
    companyname: { value: name },
    subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' }, write: 'onCreate' },
    terms: { ref: { recordType: 'term', key: { field: 'name', value: terms } } },
  });

  test('Retry sends the operation again; its success closes the row', async () => {
    const opId = await send('SF_ACCT_RETRY', customer('Net 77', 'Retry Inc'));
    const row = await toldAs(opId);
    expect(row.fields).toMatchObject({
      custrecord_srl_fl_state: 'open',
      custrecord_srl_fl_code: 'REFERENCE_NOT_FOUND',
    });
    await account.seed([{ type: 'term', fields: { name: 'Net 77', isinactive: false, daysuntilnetdue: 77 } }]);
    await ask(row, 'Retry', 'terms are there now');
    await until(async () => (await operation(opId)).state === 'done');
    expect(await account.byExternalId('customer', 'SF_ACCT_RETRY')).not.toBeNull();
    const closed = await answered(row);
    expect(closed.fields).toMatchObject({
      custrecord_srl_fl_state: 'closed',
      custrecord_srl_fl_answer: 'The relay sends it again. A success closes this row.',
    });
  });

  test('Resolve closes the operation in the relay with the note, and the row with an answer; asking again says so', async () => {
    const opId = await send('SF_ACCT_RESOLVE', customer('Net 78', 'Resolve Inc'));
    const row = await toldAs(opId);
    await ask(row, 'Resolve', 'entered by hand');
    const closed = await answered(row);
    expect(closed.fields).toMatchObject({
      custrecord_srl_fl_state: 'closed',
      custrecord_srl_fl_answer: 'Resolved in the relay: it is not sent again.',
    });
    const resolved = await operation(opId);
    expect(resolved.state).toBe('cancelled');
    expect(JSON.stringify(resolved)).toContain('entered by hand');
    expect(await account.byExternalId('customer', 'SF_ACCT_RESOLVE')).toBeNull();
    await ask(row, 'Retry', 'changed my mind');
    await until(async () => {
      const now = await account.record('customrecord_srl_failure', row.id);
      return String(now?.fields['custrecord_srl_fl_answer']).startsWith('Nothing to do');
    });
  });

  test('a failure that a person closes in the relay is closed on its record in NetSuite too', async () => {
    const opId = await send('SF_ACCT_CONSOLE', customer('Net 79', 'Console Inc'));
    const row = await toldAs(opId);
    const decided = await fetch(`${relay.url}/v1/failures/${opId}/resolve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'console' },
      body: JSON.stringify({ note: 'the customer is a test' }),
    });
    expect(decided.status).toBe(200);
    const closed = await answered(row);
    expect(closed.fields['custrecord_srl_fl_state']).toBe('closed');
    expect(closed.fields['custrecord_srl_fl_answer']).toContain('closed it in the relay');
  });
});
