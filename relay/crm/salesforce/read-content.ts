import type { CrmChange } from '../../delivery/crm-adapter';
import { soqlText } from './build-query';
import type { SalesforceClient } from './salesforce-client';

/** Objects of Salesforce Files: they hang on records by links that can't be read through like other children. */
export const CONTENT_OBJECTS: ReadonlySet<string> = new Set(['ContentDocument', 'ContentNote']);
/** What is put beside an object's own fields. */
export const ADDED_TO_CONTENT: ReadonlySet<string> = new Set([
  'WonOpportunityIds',
  'WonAccountIds',
  'FileName',
  'Body',
]);
/** What Salesforce calls the file type of its notes. */
const NOTE_TYPE = 'SNOTE';
const FIELDS = {
  ContentDocument:
    'Id, Title, Description, FileExtension, FileType, ContentSize, LatestPublishedVersionId, SystemModstamp',
  ContentNote: 'Id, Title, LatestPublishedVersionId, LastModifiedDate',
} as const;
/** Ids of one query: the whole of it goes through the URL. */
const QUERY_IDS = 200;
const OPPORTUNITY = '006';
/** A note is text: one of more bytes than this is cut long before. */
const NOTE_BYTES = 1_048_576;

type Row = Record<string, unknown>;

async function all(client: SalesforceClient, soql: string, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of client.query(soql, signal)) rows.push(...page);
  return rows;
}

/** The same query for any number of ids. Links can only be asked for by the ids on either side, listed one by one. */
async function byIds(
  client: SalesforceClient,
  soql: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += QUERY_IDS) {
    const list = ids
      .slice(from, from + QUERY_IDS)
      .map(soqlText)
      .join(', ');
    rows.push(...(await all(client, `${soql} IN (${list})`, signal)));
  }
  return rows;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

interface Won {
  WonOpportunityIds: string[];
  WonAccountIds: string[];
}

/** Won opportunities of each document, oldest id first, and the accounts they are of. */
async function wonOf(client: SalesforceClient, ids: readonly string[], signal: AbortSignal): Promise<Map<string, Won>> {
  const links = await byIds(
    client,
    'SELECT ContentDocumentId, LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId',
    ids,
    signal,
  );
  const opportunities = [...new Set(links.map((link) => textOf(link['LinkedEntityId'])))].filter((id) =>
    id.startsWith(OPPORTUNITY),
  );
  const read = await byIds(client, 'SELECT Id, AccountId, IsWon FROM Opportunity WHERE Id', opportunities, signal);
  const won = new Map(
    read.filter((one) => one['IsWon'] === true).map((one) => [textOf(one['Id']), textOf(one['AccountId'])]),
  );
  const opportunitiesOf = new Map<string, string[]>();
  for (const link of links) {
    const [document, entity] = [textOf(link['ContentDocumentId']), textOf(link['LinkedEntityId'])];
    if (won.has(entity)) opportunitiesOf.set(document, [...(opportunitiesOf.get(document) ?? []), entity]);
  }
  return new Map(
    [...opportunitiesOf].map(([document, ids]) => {
      const WonOpportunityIds = [...new Set(ids)].sort();
      const accounts = WonOpportunityIds.map((id) => won.get(id) ?? '').filter((id) => id !== '');
      return [document, { WonOpportunityIds, WonAccountIds: [...new Set(accounts)] }];
    }),
  );
}

/**
 * Documents or notes with the won opportunities they are linked to, under `WonOpportunityIds`, and their accounts, under `WonAccountIds`;
 * a file has its name with extension under `FileName`, a note its text, as HTML, under `Body`.
 */
export async function readContent(
  client: SalesforceClient,
  object: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, unknown>> {
  const fields = FIELDS[object as keyof typeof FIELDS];
  const rows = await byIds(client, `SELECT ${fields} FROM ${object} WHERE Id`, ids, signal);
  const won = await wonOf(client, ids, signal);
  const found = new Map<string, unknown>();
  for (const row of rows) {
    const id = textOf(row['Id']);
    const belongs = won.get(id) ?? { WonOpportunityIds: [], WonAccountIds: [] };
    // What belongs to no order is not looked into.
    if (object === 'ContentNote' && belongs.WonOpportunityIds.length > 0) {
      const body = await downloadVersion(client, textOf(row['LatestPublishedVersionId']), NOTE_BYTES, signal);
      found.set(id, { ...row, ...belongs, Body: body.toString('utf8') });
    } else found.set(id, { ...row, ...belongs, FileName: fileName(row) });
  }
  return found;
}

/** Titles carry the extension or do not, as whoever uploaded the file wished. */
function fileName({ Title: title, FileExtension: extension }: Row): string {
  const [name, end] = [textOf(title), textOf(extension)];
  return end === '' || name.toLowerCase().endsWith(`.${end.toLowerCase()}`) ? name : `${name}.${end}`;
}

/** Content of one version of a file; it never changes. */
export const downloadVersion = (
  client: SalesforceClient,
  versionId: string,
  most: number,
  signal: AbortSignal,
): Promise<Buffer> => client.download(client.data(`/sobjects/ContentVersion/${versionId}/VersionData`), most, signal);

/**
 * What changed since a moment, oldest first: documents that were changed themselves, and those of opportunities that were changed and are
 * won. A document that is only linked to an opportunity won before is seen with the next change of either.
 */
export async function* readContentChanges(
  client: SalesforceClient,
  object: string,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<CrmChange[]> {
  const isNote = object === 'ContentNote';
  const stamp = isNote ? 'LastModifiedDate' : 'SystemModstamp';
  const from = new Date(since).toISOString();
  const own = await all(
    client,
    `SELECT Id, ${stamp} FROM ${object} WHERE ${stamp} >= ${from}${isNote ? '' : ` AND FileType != '${NOTE_TYPE}'`} ORDER BY ${stamp}, Id`,
    signal,
  );
  const won = await all(
    client,
    `SELECT Id, SystemModstamp FROM Opportunity WHERE IsWon = TRUE AND SystemModstamp >= ${from} ORDER BY SystemModstamp, Id`,
    signal,
  );
  const wonAt = new Map(won.map((one) => [textOf(one['Id']), instant(one['SystemModstamp'])]));
  const links = await byIds(
    client,
    'SELECT ContentDocumentId, LinkedEntityId, ContentDocument.FileType FROM ContentDocumentLink WHERE LinkedEntityId',
    [...wonAt.keys()],
    signal,
  );
  const latest = new Map<string, string>(own.map((one) => [textOf(one['Id']), instant(one[stamp])]));
  for (const link of links) {
    const type = (link['ContentDocument'] as Row | null)?.['FileType'];
    if ((type === NOTE_TYPE) !== isNote) continue;
    const [id, at] = [textOf(link['ContentDocumentId']), wonAt.get(textOf(link['LinkedEntityId'])) ?? from];
    const known = latest.get(id);
    if (known === undefined || known < at) latest.set(id, at);
  }
  const changes = [...latest].map(([id, at]) => ({ id, at, deleted: false }));
  if (changes.length > 0) yield changes.sort((a, b) => (a.at < b.at ? -1 : 1));
}

const instant = (value: unknown): string => new Date(textOf(value).replace('+0000', 'Z')).toISOString();
