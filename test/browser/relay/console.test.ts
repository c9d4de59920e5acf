import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../helpers/free-port';
import { ADMIN, KEY, relayFolder, StandInNetSuite, startRelayProcess } from '../../helpers/relay-process';
import type { RelayProcess } from '../../helpers/relay-process';

const CHROMIUM = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file !== '' && existsSync(file));
const there = CHROMIUM === undefined ? describe.skip : describe;

const EVIL = '<img src=x onerror="document.title=\'owned\'">';

there('the console in a browser', () => {
  let browser: Browser;
  let page: Page;
  let netsuite: StandInNetSuite;
  let folder: ReturnType<typeof relayFolder>;
  let relay: RelayProcess;
  const faults: string[] = [];

  beforeAll(async () => {
    netsuite = new StandInNetSuite();
    // It is found again at the same place later.
    folder = relayFolder(await netsuite.start(), { listen: { port: await freePort() } });
    relay = await startRelayProcess(folder.file);
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    relay?.child.kill('SIGKILL');
    await relay?.exited;
    await netsuite.stop();
    folder.remove();
  });

  const send = (externalId: string, phone = '1') =>
    fetch(`${relay.url}/v1/upserts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'idempotency-key': `${externalId}-${phone}`,
      },
      body: JSON.stringify({
        source: 'direct',
        records: [
          { recordType: 'customer', action: 'upsert', key: { externalId }, fields: { phone: { value: phone } } },
        ],
      }),
    });
  const figure = (title: string) => page.locator('.figure', { hasText: title }).locator('strong');

  test('asks for an administrator key, and a wrong one stays outside', async () => {
    await page.goto(`${relay.url}/console`);
    await page.getByLabel('Administrator key').fill(KEY);
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByText('This is not an administrator key').waitFor();
    faults.length = 0;
    await page.getByLabel('Administrator key').fill(ADMIN);
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByText('Where everything accepted stands').waitFor();
  });

  test('shows what happens while it happens, without a reload', async () => {
    await page.locator('.status[data-status=live]').waitFor();
    await send('E1');
    await page.locator('.figure', { hasText: 'Accepted' }).getByText('1', { exact: true }).waitFor();
    await page.locator('.figure', { hasText: '1 applied' }).waitFor();
    expect(await page.getByText('1 accepted = 1 accounted for').isVisible()).toBe(true);
    await figure('NetSuite slots in use').getByText('0 of 5', { exact: true }).waitFor();
  });

  test('an operation opens with its attempts and what NetSuite changed', async () => {
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.locator('tbody tr', { hasText: 'E1' }).click();
    await page.getByRole('heading', { name: 'Changed in NetSuite' }).waitFor();
    expect(await page.locator('.diff tr').first().textContent()).toContain('phone');
    expect(await page.getByRole('heading', { name: 'Attempts' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('.drawer').waitFor({ state: 'detached' });
  });

  test('a failure shows reason and remedy; edited and replayed it is applied', async () => {
    netsuite.refused.set('E2', `The phone ${EVIL} is not valid.`);
    await send('E2', EVIL);
    await page.getByRole('link', { name: /Failures/ }).click();
    await page.locator('tbody tr', { hasText: 'E2' }).click();
    await page.locator('.error-box', { hasText: 'INVALID_VALUE' }).waitFor();
    expect(await page.locator('.remedy').textContent()).not.toBe('');
    netsuite.refused.clear();
    await page.getByRole('button', { name: 'Edit and replay' }).click();
    const payload = page.getByRole('textbox', { name: 'Payload' });
    const edited = JSON.parse(await payload.inputValue()) as { fields: { phone: { value: string } } };
    edited.fields.phone.value = '+49 89 1';
    await payload.fill(JSON.stringify(edited));
    await page.getByRole('button', { name: 'Replay', exact: true }).last().click();
    await page
      .locator('.drawer .tag', { hasText: 'queued' })
      .or(page.locator('.drawer .tag', { hasText: 'done' }))
      .first()
      .waitFor();
    await page.locator('.badge').waitFor({ state: 'hidden' });
    while (!netsuite.order.includes('E2')) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test('an edit keeps what was typed until it is taken: a slip is named, and null clears a field', async () => {
    netsuite.refused.set('E4', 'It is not valid.');
    await send('E4');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /Failures/ }).click();
    await page.locator('tbody tr', { hasText: 'E4' }).click();
    await page.getByRole('button', { name: 'Edit and replay' }).click();
    const payload = page.getByRole('textbox', { name: 'Payload' });
    const replay = () => page.locator('dialog').getByRole('button', { name: 'Replay', exact: true }).click();
    const edited = JSON.parse(await payload.inputValue()) as { fields: { phone: { value: unknown; text?: string } } };
    await payload.fill('{ "fields": ');
    await replay();
    await page.locator('dialog', { hasText: 'JSON' }).waitFor();
    expect(await payload.inputValue()).toBe('{ "fields": ');
    edited.fields.phone = { value: null, text: 'both' };
    await payload.fill(JSON.stringify(edited));
    await replay();
    await page.locator('dialog', { hasText: '#/payload/fields/phone' }).waitFor();
    expect(JSON.parse(await payload.inputValue())).toEqual(edited);
    netsuite.refused.clear();
    await payload.fill(JSON.stringify({ ...edited, fields: { phone: { value: null } } }));
    await replay();
    await page.locator('.badge').waitFor({ state: 'hidden' });
    await page.locator('details', { hasText: 'Payload' }).locator('summary').click();
    expect(await page.locator('.drawer pre').textContent()).toContain('"value": null');
    // The browser tells of a refused request by itself.
    expect(faults.splice(0)).toEqual([expect.stringContaining('422')]);
  });

  test('a word finds an id of the CRM, or the external id that no CRM of ours gave', async () => {
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.locator('tbody tr', { hasText: 'E1' }).waitFor();
    await page.getByLabel('Search').fill('e4');
    await page.locator('tbody tr', { hasText: 'E1' }).waitFor({ state: 'detached' });
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByLabel('Search').fill('');
    await page.locator('tbody tr', { hasText: 'E1' }).waitFor();
  });

  test('a replay of all that match sends what the list shows, and nothing else', async () => {
    const ids = ['SF_ACCT_MATCH', 'SF_ACCT_OTHER'];
    await page.keyboard.press('Escape');
    for (const id of ids) netsuite.refused.set(id, 'It is not valid.');
    for (const id of ids) await send(id);
    await page.getByRole('link', { name: /Failures/ }).click();
    for (const id of ids) await page.locator('tbody tr', { hasText: id }).waitFor();
    netsuite.refused.clear();
    await page.getByLabel('Search').fill('SF_ACCT_MATCH');
    await page.locator('tbody tr', { hasText: 'SF_ACCT_OTHER' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Replay all that match' }).click();
    await page.locator('dialog', { hasText: 'externalId SF_ACCT_MATCH' }).waitFor();
    await page.getByRole('button', { name: 'Replay', exact: true }).last().click();
    await page.getByRole('button', { name: '1 operation replayed' }).waitFor();
    await page.getByLabel('Search').fill('');
    await page.locator('tbody tr', { hasText: 'SF_ACCT_OTHER' }).click();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.locator('.badge').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Close' }).click();
  });

  test('an operation behind one in review names it and says why that is held', async () => {
    netsuite.refused.set('E3', 'The phone is not valid.');
    await page.keyboard.press('Escape');
    await send('E3', '1');
    // Over before the list is read: that the second only waits settles nothing, and shows all the same.
    await page.locator('.badge').waitFor();
    await page.getByRole('link', { name: 'Operations' }).click();
    const rows = page.locator('tbody tr', { hasText: 'E3' });
    await rows.filter({ hasText: 'review' }).waitFor();
    await send('E3', '2');
    await rows.filter({ hasText: 'queued' }).click();
    const fact = page.locator('.facts div', { hasText: 'Waits behind' });
    await fact.getByText(/^op_\w+, review \(INVALID_VALUE: The phone is not valid\.\)$/).waitFor();
    await page.keyboard.press('Escape');
  });

  test('nothing that a record holds runs in the page', async () => {
    expect(await page.title()).toBe('SuiteRelay');
    expect(await page.locator('img').count()).toBe(0);
  });

  test('long ids and messages of any script stay inside the page, on a small screen too', async () => {
    const id = `LONG_${'X'.repeat(90)}`;
    netsuite.refused.set(id, `${'הערך אינו תקין '.repeat(20)}${id}`);
    await send(id);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /Failures/ }).click();
    await page.locator('tr', { hasText: id }).waitFor();
    const inside = (selector: string) =>
      page
        .locator(selector)
        .evaluate<boolean, void, { scrollWidth: number; clientWidth: number }>(
          ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth + 1,
        );
    expect(await inside('.table')).toBe(true);
    await page.locator('tr', { hasText: id }).click();
    await page.locator('.error-box').waitFor();
    expect(await inside('.error-box')).toBe(true);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await inside('.error-box')).toBe(true);
    expect(await inside('html')).toBe(true);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('lanes are paused and resumed from the overview', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Overview' }).click();
    const bulk = page.locator('tr', { hasText: 'bulk' }).first();
    await bulk.getByRole('button', { name: 'Pause' }).click();
    await bulk.getByRole('button', { name: 'Resume' }).click();
    await bulk.getByRole('button', { name: 'Pause' }).waitFor();
  });

  test('what is pressed slowly, or by keyboard, is pressed, though the figures go on', async () => {
    const bulk = page.locator('tr', { hasText: 'bulk' }).first();
    const pause = bulk.getByRole('button', { name: 'Pause' });
    const link = page.locator('.legend a').first();
    const accepted = figure('Accepted');
    await pause.focus();
    const before = Number(await accepted.textContent());
    await pause.hover();
    await page.mouse.down();
    await send('PRESSED');
    await accepted.getByText(String(before + 1), { exact: true }).waitFor();
    await page.mouse.up();
    await bulk.getByRole('button', { name: 'Resume' }).waitFor();
    await page.keyboard.press('Enter');
    await pause.waitFor();
    await link.hover();
    await page.mouse.down();
    await send('FOLLOWED');
    await accepted.getByText(String(before + 2), { exact: true }).waitFor();
    await page.mouse.up();
    await page.waitForURL(/#operations\/queued$/);
    await page.getByLabel('state', { exact: true }).selectOption('');
    const row = page.locator('tbody tr', { hasText: 'FOLLOWED' });
    await row.focus();
    await send('LATER');
    await page.locator('tbody tr', { hasText: 'LATER' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.drawer h2', { hasText: 'FOLLOWED' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('an address cut short shows the page all the same', async () => {
    await page.goto(`${relay.url}/console/#operations/%`);
    await page.locator('tbody tr', { hasText: 'LATER' }).waitFor();
  });

  test('a relay that went away and came back is found again', async () => {
    relay.child.kill('SIGKILL');
    await relay.exited;
    await page.locator('.status[data-status=connecting]').waitFor();
    relay = await startRelayProcess(folder.file);
    await page.locator('.status[data-status=live]').waitFor();
    faults.length = 0;
  });

  test('no fault was seen in the page', () => expect(faults).toEqual([]));
});
