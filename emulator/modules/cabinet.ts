import type { Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { Account, Fields, RecordData, ScriptFile } from '../kernel/types';
import { fileTypeOf, isBinary } from './file-types';

/** Folders every account has; the ids of SuiteScripts and SuiteBundles are the same in all accounts. */
const ROOT_FOLDERS: Record<string, string> = {
  SuiteScripts: '-15',
  SuiteBundles: '-16',
  SuiteApps: '-19',
  Templates: '-9',
  Images: '-4',
  'Attachments Received': '-10',
  'Attachments Sent': '-11',
  'Web Site Hosting Files': '-100',
};

/** Content of a File Cabinet file: text, or base64 for binary types. */
export interface NewFile {
  /** The stored file that is written, whatever its name and folder were. Default: the one of that name in that folder. */
  id?: string | null;
  name: string;
  folder: string;
  fileType?: string;
  contents: string;
  fields?: Fields;
}

/** A script's file as it was read: when so many changes of files had been made, it was of this version. */
interface Source {
  id: string;
  version: number;
  changes: number;
  file: ScriptFile;
}

/** The File Cabinet: `folder` and `file` records in the store, found by path. A file's text (or base64) is its field `contents`. */
export class Cabinet {
  /** Grows with every file written or removed here. */
  epoch = 0;
  private readonly account: Account;
  private readonly statements = new Map<string, Statement>();
  private readonly sources = new Map<string, Source>();

  constructor(account: Account) {
    this.account = account;
  }

  createRootFolders(): void {
    for (const [name, id] of Object.entries(ROOT_FOLDERS)) {
      if (!this.account.store.get('folder', id)) this.put('folder', id, { name, parent: null, isinactive: false });
    }
  }

  /** The folder's id by path (`SuiteScripts/lib`); with `create` missing folders are made. */
  folderId(path: string, create = false): string | undefined {
    let parent: string | null = null;
    for (const name of path.split('/').filter(Boolean)) {
      const found = this.childId('folder', name, parent);
      if (found === undefined && !create) return undefined;
      parent = found ?? this.put('folder', null, { name, parent, isinactive: false }).id;
    }
    return parent ?? undefined;
  }

  /** Finds a file by internal id or by path, with or without a leading slash. */
  find(idOrPath: string | number): RecordData | undefined {
    const text = String(idOrPath);
    const id = /^-?\d+$/.test(text) ? text : this.fileId(text);
    return id === undefined ? undefined : this.account.store.get('file', id);
  }

  fileId(path: string): string | undefined {
    const parts = path.split('/').filter(Boolean);
    const name = parts.pop();
    const folder = parts.length === 0 ? undefined : this.folderId(parts.join('/'));
    return name === undefined || (parts.length > 0 && folder === undefined)
      ? undefined
      : this.childId('file', name, folder ?? null);
  }

  /** The id of a file of that name directly in a folder. */
  childFile(folder: string, name: string): string | undefined {
    return this.childId('file', name, folder);
  }

  /** `/SuiteScripts/a/b.js`, from the folders upwards. */
  pathOf(file: RecordData): string {
    const names = [String(file.fields.name)];
    for (let folder = file.fields.folder; folder != null;) {
      const record = this.account.store.get('folder', String(folder));
      if (!record) break;
      names.unshift(String(record.fields.name));
      folder = record.fields.parent ?? null;
    }
    return `/${names.join('/')}`;
  }

  /** Writes a file; one of that name in the folder is overwritten and keeps its id, as in the File Cabinet. */
  save(file: NewFile): RecordData {
    const fileType = file.fileType ?? fileTypeOf(file.name);
    const id = file.id ?? this.childId('file', file.name, file.folder) ?? null;
    const before = id === null ? undefined : this.account.store.get('file', id);
    const now = new Date(this.account.clock.now()).toISOString();
    const bytes = isBinary(fileType) ? Math.floor((file.contents.length * 3) / 4) : Buffer.byteLength(file.contents);
    const saved = this.put('file', id, {
      isinactive: false,
      isonline: false,
      ...before?.fields,
      ...file.fields,
      name: file.name,
      folder: file.folder,
      filetype: fileType,
      contents: file.contents,
      size: bytes,
      documentsize: Math.max(1, Math.round(bytes / 1024)),
      created: before?.fields.created ?? now,
      modified: now,
    });
    const url = fileUrl(this.account, saved.id!);
    if (saved.fields.url !== url) this.account.store.patch('file', saved.id!, { url });
    saved.fields.url = url;
    return saved;
  }

  /** Drops what was read before: a file changed, or the account went back to an earlier state in which ids begin anew. */
  forget(): void {
    this.epoch++;
    this.sources.clear();
  }

  remove(id: string): void {
    this.forget();
    this.account.store.remove('file', id);
  }

  /** A text file by exact path, for the script loader; cached until the record changes. */
  scriptFile(path: string): ScriptFile | undefined {
    const known = this.sources.get(path);
    // SQLite reads whole neighbours to find a row: beside the parts of a bulk job, megabytes for each execution.
    const changes = this.account.store.changes('file');
    if (known?.changes === changes) return known.file;
    if (known && this.version(known.id) === known.version) {
      known.changes = changes;
      return known.file;
    }
    const record = this.find(path);
    if (!record?.id || typeof record.fields.contents !== 'string') return undefined;
    const source = record.fields.contents;
    const file = {
      path: `/${path.replace(/^\/+/, '')}`,
      hash: createHash('sha1').update(source).digest('hex'),
      source,
    };
    this.sources.set(path, { id: record.id, version: record.version, changes, file });
    return file;
  }

  private version(id: string): number | undefined {
    const row = this.statement("SELECT version FROM record WHERE type = 'file' AND id = ?").get(Number(id));
    return (row as { version: number } | undefined)?.version;
  }

  private childId(type: 'file' | 'folder', name: string, parent: string | null): string | undefined {
    const owner = type === 'file' ? 'folder' : 'parent';
    this.account.store.ensureIndex(type, owner);
    const row = this.statement(
      `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${owner}') IS ? AND lower(json_extract(data, '$.fields.name')) = ? ORDER BY id LIMIT 1`,
    ).get(type, parent, name.toLowerCase());
    return row === undefined ? undefined : String((row as { id: number }).id);
  }

  /** Preparing costs more than running these. */
  private statement(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    const prepared = this.account.store.db.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }

  private put(type: 'file' | 'folder', id: string | null, fields: Fields): RecordData {
    this.forget();
    const version = id === null ? 0 : (this.account.store.get(type, id)?.version ?? 0);
    return this.account.store.put({ type, id, externalId: null, version, fields, sublists: {}, subrecords: {} });
  }
}

/** Where a file is read over HTTP: what `File.url` answers, and the column `url` of searches and SuiteQL. */
export const fileUrl = (account: Account, id: string): string =>
  `/core/media/media.nl?id=${id}&c=${account.settings.accountId}`;

export const cabinet = (account: Account): Cabinet => account.parts.get('cabinet') as Cabinet;
