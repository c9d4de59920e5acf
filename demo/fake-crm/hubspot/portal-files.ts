import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../loopback-server';
import { problem } from './access';
import { unknownPath } from './object-rows';

interface StoredFile {
  id: string;
  name: string;
  extension: string;
  content: Buffer;
  updatedAt: string;
}

const FILES = '/files/v3/files/';
const SIGNED = '/_signed/';

/** The files of a portal: private ones, so that their content is had by a signed link alone. */
export class PortalFiles {
  readonly #files = new Map<string, StoredFile>();
  readonly #links = new Map<string, string>();
  readonly #origin: () => string;

  constructor(origin: () => string) {
    this.#origin = origin;
  }

  put(id: string, name: string, extension: string, content: Buffer | string): void {
    this.#files.set(id, { id, name, extension, content: Buffer.from(content), updatedAt: new Date().toISOString() });
  }

  drop(id: string): void {
    this.#files.delete(id);
  }

  isSigned = (path: string): boolean => path.startsWith(SIGNED);
  isFile = (path: string): boolean => path.startsWith(FILES);

  /** What a signed link shows, to whoever holds it. */
  signed({ path }: Call): Answer {
    const file = this.#files.get(this.#links.get(path.slice(SIGNED.length)) ?? '');
    return file ? { status: 200, body: file.content } : { status: 403, body: { message: 'The link has expired.' } };
  }

  answer({ method, path }: Call): Answer {
    const [id = '', what] = path.slice(FILES.length).split('/');
    const file = this.#files.get(id);
    if (method !== 'GET') return unknownPath();
    if (!file) return problem(404, 'OBJECT_NOT_FOUND', `No file with ID ${id} exists`);
    const { content, ...told } = file;
    const shown = { ...told, size: content.length, type: 'DOCUMENT', access: 'PRIVATE' };
    if (what === undefined) return { status: 200, body: shown };
    if (what !== 'signed-url') return unknownPath();
    const ticket = randomBytes(12).toString('hex');
    this.#links.set(ticket, id);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    return { status: 200, body: { ...shown, url: `${this.#origin()}${SIGNED}${ticket}`, expiresAt } };
  }
}
