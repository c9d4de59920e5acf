import type { CrmRecord, RecordTable } from '../record-table';

export interface NewContent {
  title: string;
  content: Buffer | string;
  /** Of a file; a note has none. */
  extension?: string;
  /** Ids of the records that show it. */
  linkedTo: readonly string[];
}

/** Files and notes as Salesforce keeps them: a document, its versions, and links to the records that show it. */
export class ContentStore {
  readonly #table: RecordTable;
  readonly #newId: (prefix: string) => string;
  readonly #written: (object: string, id: string) => void;
  readonly #versions = new Map<string, Buffer>();

  constructor(table: RecordTable, newId: (prefix: string) => string, written: (object: string, id: string) => void) {
    this.#table = table;
    this.#newId = newId;
    this.#written = written;
  }

  /** Uploads a file, or writes a note where there is no extension; answers the id of the document. */
  add({ title, content, extension, linkedTo }: NewContent): string {
    const Id = this.#newId('069');
    const isNote = extension === undefined;
    const shared: CrmRecord = { Id, Title: title, FileType: isNote ? 'SNOTE' : extension.toUpperCase() };
    this.#put('ContentDocument', { ...shared, FileExtension: isNote ? 'snote' : extension });
    if (isNote) this.#put('ContentNote', shared);
    this.publish(Id, content);
    for (const LinkedEntityId of linkedTo) this.link(Id, LinkedEntityId);
    return Id;
  }

  /** A new version takes the place of the last one. */
  publish(id: string, content: Buffer | string): void {
    const bytes = Buffer.from(content);
    const version = this.#newId('068');
    this.#versions.set(version, bytes);
    for (const object of ['ContentDocument', 'ContentNote']) {
      const record = this.#table.get(object, id);
      if (!record) continue;
      Object.assign(record, { LatestPublishedVersionId: version, ContentSize: bytes.length });
      this.#written(object, id);
    }
  }

  link(ContentDocumentId: string, LinkedEntityId: string): void {
    const Id = this.#newId('06A');
    this.#put('ContentDocumentLink', { Id, ContentDocumentId, LinkedEntityId, ShareType: 'V', Visibility: 'AllUsers' });
  }

  versionData(id: string): Buffer | undefined {
    return this.#versions.get(id);
  }

  #put(object: string, record: CrmRecord): void {
    this.#table.put(object, String(record['Id']), record);
    this.#written(object, String(record['Id']));
  }
}

/** Salesforce's own words for a query over links that names neither side. */
export const LINKS_NEED_FILTER =
  "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.";

export const namesNoSide = (object: string, soql: string): boolean =>
  object === 'ContentDocumentLink' && !/\bWHERE\b.*\b(ContentDocumentId|LinkedEntityId)\s*(=|IN\b)/i.test(soql);
