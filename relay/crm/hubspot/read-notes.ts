import type { CrmChange } from '../../delivery/crm-adapter';
import type { CrmAnswer } from '../http-call';
import { CrmCallError } from '../http-call';
import type { HubSpotClient } from './hubspot-client';
import { readAssociations } from './read-associations';
import { readHubSpotChanges } from './read-changes';

/** Notes, and the files that hang on them. */
export const NOTE_OBJECTS: ReadonlySet<string> = new Set(['notes', 'files']);
/** Inputs of a batch read of objects. */
const BATCH = 100;

interface Stored {
  id: string;
  properties: Record<string, string | null>;
}

async function batchRead(
  client: HubSpotClient,
  object: string,
  ids: readonly string[],
  properties: readonly string[],
  signal: AbortSignal,
): Promise<Stored[]> {
  const found: Stored[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const inputs = ids.slice(from, from + BATCH).map((id) => ({ id }));
    const { body } = await client.post(`/crm/v3/objects/${object}/batch/read`, { properties, inputs }, signal);
    found.push(...(body as { results: Stored[] }).results);
  }
  return found;
}

const wonAmong = async (client: HubSpotClient, ids: readonly string[], signal: AbortSignal): Promise<Set<string>> => {
  const deals = await batchRead(client, 'deals', ids, ['hs_is_closed_won'], signal);
  return new Set(deals.filter(({ properties }) => properties['hs_is_closed_won'] === 'true').map(({ id }) => id));
};

const associations = async (
  client: HubSpotClient,
  from: string,
  to: string,
  ids: readonly string[],
  signal: AbortSignal,
) => {
  const post = (path: string, body: unknown): Promise<CrmAnswer> => client.post(path, body, signal);
  const found = await readAssociations(post, from, to, ids);
  return new Map([...found].map(([id, others]) => [id, [...new Set(others.map((other) => other.id))].sort()]));
};

/** Notes with the won deals they are associated with, under `wonDealIds`, and the primary companies of those, under `wonCompanyIds`. */
async function readNotes(client: HubSpotClient, ids: readonly string[], signal: AbortSignal) {
  const properties = ['hs_note_body', 'hs_timestamp', 'hs_attachment_ids', 'hs_lastmodifieddate'];
  const notes = await batchRead(client, 'notes', ids, properties, signal);
  const dealsOf = await associations(client, 'notes', 'deals', ids, signal);
  const won = await wonAmong(client, [...new Set([...dealsOf.values()].flat())], signal);
  const post = (path: string, body: unknown): Promise<CrmAnswer> => client.post(path, body, signal);
  const companiesOf = await readAssociations(post, 'deals', 'companies', [...won]);
  return new Map(
    notes.map((note) => {
      const wonDealIds = (dealsOf.get(note.id) ?? []).filter((id) => won.has(id));
      const companies = wonDealIds.flatMap((id) => companiesOf.get(id) ?? []);
      const primary = companies.filter(({ type }) => type === 'deal_to_company').map(({ id }) => id);
      return [note.id, { ...note, wonDealIds, wonCompanyIds: [...new Set(primary)] }];
    }),
  );
}

const SEPARATOR = '-';

/** Attachments of a note, each named by both ids: a file does not know the notes it hangs on. */
const attachmentsOf = ({ id, properties }: Stored): string[] =>
  (properties['hs_attachment_ids'] ?? '')
    .split(';')
    .map((file) => file.trim())
    .filter((file) => file !== '')
    .map((file) => id + SEPARATOR + file);

interface FileAnswer {
  name: string | null;
  extension: string | null;
  size: number | null;
  updatedAt: string;
}

/** Notes, or attachments of notes by the ids of both. What belongs to no won deal is not looked into. */
export async function readNoteObjects(
  client: HubSpotClient,
  object: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, unknown>> {
  if (object === 'notes') return readNotes(client, ids, signal);
  const found = new Map<string, unknown>();
  const notes = await readNotes(client, [...new Set(ids.map((id) => id.split(SEPARATOR)[0]!))], signal);
  for (const id of ids) {
    const [noteId = '', fileId = ''] = id.split(SEPARATOR);
    const note = notes.get(noteId);
    if (!note) continue;
    const { wonDealIds, wonCompanyIds } = note;
    const file = wonDealIds.length === 0 ? {} : await describeFile(client, fileId, signal);
    if (file !== null) found.set(id, { id, fileId, noteId, wonDealIds, wonCompanyIds, ...file });
  }
  return found;
}

/** Null when it was deleted; the note still names it then. */
async function describeFile(client: HubSpotClient, fileId: string, signal: AbortSignal): Promise<object | null> {
  try {
    const { body } = await client.get(`/files/v3/files/${fileId}`, signal);
    const { name, extension, size, updatedAt } = body as FileAnswer;
    return { fileName: extension ? `${name ?? fileId}.${extension}` : (name ?? fileId), size, updatedAt };
  } catch (error) {
    if (error instanceof CrmCallError && error.status === 404) return null;
    throw error;
  }
}

/** Content of a file, by a link that HubSpot signs for a while: private files have no other. */
export async function downloadFile(
  client: HubSpotClient,
  fileId: string,
  most: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const { body } = await client.get(`/files/v3/files/${fileId}/signed-url`, signal);
  return client.download((body as { url: string }).url, most, signal);
}

/** What changed since a moment, oldest first: notes that were changed, and those of deals that were changed and are won. */
export async function* readNoteChanges(
  client: HubSpotClient,
  object: string,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<CrmChange[]> {
  const latest = new Map<string, string>();
  for await (const page of readHubSpotChanges(client, 'notes', since, signal))
    for (const { id, at } of page) latest.set(id, at);
  const dealAt = new Map<string, string>();
  for await (const page of readHubSpotChanges(client, 'deals', since, signal))
    for (const { id, at } of page) dealAt.set(id, at);
  const won = await wonAmong(client, [...dealAt.keys()], signal);
  const notesOf = await associations(client, 'deals', 'notes', [...won], signal);
  for (const [deal, notes] of notesOf)
    for (const note of notes) {
      const at = dealAt.get(deal) ?? since;
      if ((latest.get(note) ?? '') < at) latest.set(note, at);
    }
  const changes = object === 'notes' ? [...latest] : await withAttachments(client, latest, signal);
  if (changes.length === 0) return;
  yield changes.map(([id, at]) => ({ id, at, deleted: false })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

async function withAttachments(
  client: HubSpotClient,
  latest: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<[string, string][]> {
  const notes = await batchRead(client, 'notes', [...latest.keys()], ['hs_attachment_ids'], signal);
  return notes.flatMap((note) => attachmentsOf(note).map((id): [string, string] => [id, latest.get(note.id) ?? '']));
}
