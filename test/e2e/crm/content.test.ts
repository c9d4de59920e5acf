import { withChecksum } from '../../fixtures/crm-ids';
import { MAX_FILE_BYTES } from '../../../contract';
import { startMirrorStage, type MirrorStage } from '../../helpers/mirror-stage';

const SF = {
  account: withChecksum('001CO0000001abc'),
  opportunity: withChecksum('006CO0000001abc'),
  line: withChecksum('00kCO0000001abc'),
};
const HS = { company: '883001', deal: '993001', line: '773001' };
const ON = ['salesforce.content-to-file', 'salesforce.note-to-note', 'hubspot.file-to-file', 'hubspot.note-to-note'];

describe('F28: notes and files of won business, on the orders in NetSuite', () => {
  let stage: MirrorStage;
  const orders = { salesforce: '', hubspot: '' };

  beforeAll(async () => {
    stage = await startMirrorStage({ filesFolder: 'Sales papers' }, (config) => {
      config.flows.push(...ON.map((id) => ({ id, enabled: true })));
      config['crm'] = (config['crm'] as object[]).map((crm) => ({ ...crm, poll: { everySeconds: 5 } }));
    });
    await stage.linkSalesforce(SF, 'MIR-1');
    await stage.linkHubSpot(HS, 'MIR-1');
    orders.salesforce = await stage.orderOf(`SF_OPP_${SF.opportunity.toUpperCase()}`);
    orders.hubspot = await stage.orderOf(`HS_DEAL_${HS.deal}`);
  });
  afterAll(() => stage.close());

  /** Files attached to an order: names and contents. */
  const attached = async (id: string): Promise<{ name: unknown; contents: unknown; id: string }[]> => {
    const order = (await stage.netsuiteRecords('salesorder')).find((one) => one.id === id);
    const ids = (order?.sublists['mediaitem'] ?? []).map((one) => String(one['mediaitem']));
    const files = await stage.netsuiteRecords('file');
    return ids.map((fileId) => {
      const { fields } = files.find((one) => one.id === fileId)!;
      return { id: fileId, name: fields['name'], contents: fields['contents'] };
    });
  };
  const untilAttached = (id: string, count: number) =>
    stage.until(async () => {
      const found = await attached(id);
      return found.length >= count ? found : null;
    }, `${count} files on order ${id}`);
  const untilNotes = (id: string, text: string) =>
    stage.until(async () => {
      const notes = (await stage.netsuiteRecords('note')).filter(({ fields }) => fields['transaction'] === id);
      return notes.some(({ fields }) => fields['note'] === text) ? notes : null;
    }, `the note "${text}"`);

  it('Salesforce: a file and a note of a won opportunity arrive once, and a new version takes the place of the old one', async () => {
    const { content } = stage.salesforce;
    const pdf = Buffer.from('%PDF-1.7 \u0000\u00ff contract', 'latin1');
    const linkedTo = [SF.account, SF.opportunity];
    const document = content.add({ title: 'Contract', extension: 'pdf', content: pdf, linkedTo });
    const note = content.add({
      title: 'Delivery',
      content: '<p>Gate 3</p><p>before noon &amp; by truck</p>',
      linkedTo,
    });
    content.add({ title: 'Price list', extension: 'pdf', content: 'not of an order', linkedTo: [SF.account] });

    const [file] = await untilAttached(orders.salesforce, 1);
    expect(file).toMatchObject({
      name: `Contract (SF_FILE_${document.toUpperCase()}).pdf`,
      contents: pdf.toString('base64'),
    });
    const notes = await untilNotes(orders.salesforce, 'Gate 3\nbefore noon & by truck');
    expect(notes).toMatchObject([{ externalId: `SF_NOTE_${note.toUpperCase()}`, fields: { title: 'Delivery' } }]);
    const folders = await stage.netsuiteRecords('folder');
    expect(folders.filter(({ fields }) => fields['name'] === 'Sales papers')).toHaveLength(1);

    content.publish(document, 'version 2');
    await stage.until(async () => {
      const [now] = await attached(orders.salesforce);
      return now?.contents === Buffer.from('version 2').toString('base64') ? now : null;
    }, 'version 2 of the file');
    await stage.settled();
    expect(await attached(orders.salesforce)).toMatchObject([{ id: file!.id }]);
  });

  it('HubSpot: a note arrives with its attachments, and one file on two notes stays one file', async () => {
    const { hubspot } = stage;
    hubspot.files.put('501', 'Order form', 'csv', 'sku;qty\nMIR-1;5\n');
    const now = (): string => new Date().toISOString();
    const addNote = (id: string, body: string, files: string): void => {
      hubspot.add('notes', {
        id,
        properties: { hs_note_body: body, hs_attachment_ids: files, hs_timestamp: now() },
        updatedAt: now(),
      });
      hubspot.links.addDefault('notes', id, 'deals', HS.deal);
    };
    addNote('8001', '<div>Call before delivery</div>', '501');
    await untilNotes(orders.hubspot, 'Call before delivery');
    const [file] = await untilAttached(orders.hubspot, 1);
    expect(file).toMatchObject({ name: 'Order form (HS_FILE_501).csv', contents: 'sku;qty\nMIR-1;5\n' });
    addNote('8002', 'The form again', '501');
    await untilNotes(orders.hubspot, 'The form again');
    await stage.settled();
    expect(await attached(orders.hubspot)).toMatchObject([{ id: file!.id }]);
    expect(
      (await stage.netsuiteRecords('file')).filter(({ fields }) => /HS_FILE/.test(String(fields['name']))),
    ).toHaveLength(1);
  });

  it('a file that fills a call to the last byte arrives, and a larger one is left out where a person sees it', async () => {
    const { content } = stage.salesforce;
    const linkedTo = [SF.opportunity];
    content.add({ title: 'Drawing.dwg', extension: 'dwg', content: Buffer.alloc(MAX_FILE_BYTES, 7), linkedTo });
    content.add({ title: 'Film', extension: 'mov', content: Buffer.alloc(MAX_FILE_BYTES + 1), linkedTo });
    const files = await untilAttached(orders.salesforce, 2);
    expect(files[1]?.name).toMatch(/^Drawing \(SF_FILE_.*\)\.dwg$/);
    expect(String(files[1]?.contents)).toHaveLength(Math.ceil(MAX_FILE_BYTES / 3) * 4);
    const told = await stage.until(async () => {
      const found = (await stage.inReview()).filter((one) => one.includes('FILE_TOO_LARGE'));
      return found.length > 0 ? found : null;
    }, 'the file that is too large');
    expect(told).toEqual([expect.stringMatching(/^ContentDocument: FILE_TOO_LARGE The file has 7\.0 MB/)]);
    expect(await attached(orders.salesforce)).toHaveLength(2);
  });

  it('a file of business that is not won yet waits in the CRM, and comes with the order', async () => {
    const ids = {
      account: SF.account,
      opportunity: withChecksum('006CO0000002abc'),
      line: withChecksum('00kCO0000002abc'),
    };
    const { content } = stage.salesforce;
    content.add({ title: 'Draft', extension: 'txt', content: 'terms', linkedTo: [ids.opportunity] });
    stage.addWonOpportunity(ids, 'MIR-1');
    const order = await stage.until(
      () => stage.orderOf(`SF_OPP_${ids.opportunity.toUpperCase()}`).catch(() => null),
      'the order of the opportunity',
    );
    expect(await untilAttached(order, 1)).toMatchObject([{ contents: 'terms' }]);
  });
});
