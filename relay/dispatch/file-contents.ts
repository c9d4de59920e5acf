import type { ErrorClass } from '../../contract';

/** A file as its operation names it. */
export interface FileToRead {
  /** CRM of the flow, by name or kind, and the source its record came from. */
  crm: string;
  source: string;
  /** By which the CRM hands out its content. */
  id: string;
}

/** Reads a file from its CRM. Throws `FileNotRead`. */
export type FileReader = (wanted: FileToRead, signal: AbortSignal) => Promise<Buffer>;

/** The CRM did not hand out a file. */
export class FileNotRead extends Error {
  readonly class: ErrorClass;
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(fault: { class: ErrorClass; code: string; message: string; retryAfterMs?: number | undefined }) {
    super(fault.message);
    this.name = 'FileNotRead';
    this.class = fault.class;
    this.code = fault.code;
    this.retryAfterMs = fault.retryAfterMs;
  }
}

export type FileOutcome = { is: 'ready'; bytes: Buffer } | { is: 'loading' } | { is: 'failed'; reason: FileNotRead };

/** How long a call may wait for its file while it holds a slot, in ms; the reading goes on beside it. */
const WAIT_MS = 3_000;
/** Files in memory, read or being read. */
const MOST = 4;
/** What was read waits so long for its operation, in ms. */
const KEPT_MS = 60_000;
/** A reading that takes longer is given up, in ms. */
const LONGEST_MS = 120_000;

/**
 * Contents on their way from a CRM to a call. Nothing is stored: the CRM has them, and a version never changes. A slot of NetSuite is
 * held for a moment only; a file that takes longer is read on, and its operation comes back for it.
 */
export class FileContents {
  readonly #read: FileReader;
  readonly #waitMs: number;
  readonly #stopping = new AbortController();
  readonly #files = new Map<string, Promise<FileOutcome>>();

  constructor(read: FileReader, waitMs = WAIT_MS) {
    this.#read = read;
    this.#waitMs = waitMs;
  }

  async get(wanted: FileToRead): Promise<FileOutcome> {
    const key = JSON.stringify(wanted);
    let file = this.#files.get(key);
    if (file === undefined) {
      if (this.#files.size >= MOST) return { is: 'loading' };
      file = this.#load(wanted);
      this.#files.set(key, file);
      void file.then(() => this.#letGo(key, file));
    }
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<FileOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ is: 'loading' }), this.#waitMs);
    });
    const outcome = await Promise.race([file, patience]);
    clearTimeout(timer);
    // Handed out or failed: whoever comes again reads again.
    if (outcome.is !== 'loading') this.#files.delete(key);
    return outcome;
  }

  /** Nobody came back for it: its operation was cancelled, or another relay has it. */
  #letGo(key: string, file: Promise<FileOutcome> | undefined): void {
    const forget = (): void => {
      if (this.#files.get(key) === file) this.#files.delete(key);
    };
    setTimeout(forget, KEPT_MS).unref();
  }

  /** Gives up what is being read. */
  stop(): void {
    this.#stopping.abort();
    this.#files.clear();
  }

  async #load(wanted: FileToRead): Promise<FileOutcome> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
    try {
      return { is: 'ready', bytes: await this.#read(wanted, signal) };
    } catch (error) {
      if (error instanceof FileNotRead) return { is: 'failed', reason: error };
      const message = error instanceof Error ? error.message : String(error);
      return { is: 'failed', reason: new FileNotRead({ class: 'transient', code: 'FILE_NOT_READ', message }) };
    }
  }
}
