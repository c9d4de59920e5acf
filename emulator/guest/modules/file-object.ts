import { missingArgument } from '../errors';
import type { Guest, JsonObject } from '../types';
import { invalidTypeArgument, isObject, readOnly, scriptError } from './arguments';
import { isText } from './file-types';

export const MAX_CONTENT = 10 * 1024 * 1024;

/** What a File carries; `id` null until it is saved. Content is text, or base64 for binary types. */
export interface FileState {
  id: number | null;
  name: string;
  fileType: string;
  folder: number | string | null;
  description: string | null;
  encoding: string | null;
  isInactive: boolean;
  isOnline: boolean;
  size: number;
  url: string | null;
  path: string;
  /** Null: not read from the account yet. */
  contents: string | null;
}

type Mode = 'idle' | 'reading' | 'writing';

/** A file.File (page section_4223861820). Content is fetched when it is first read. */
export function createFile(guest: Guest, state: FileState): object {
  let mode: Mode = 'idle';
  const contents = (): string => (state.contents ??= guest.syscall<string>('file.contents', { id: state.id }));
  const startReading = (): string => {
    if (mode === 'writing')
      throw scriptError(
        'YOU_CANNOT_READ_FROM_A_FILE_AFTER_YOU_BEGAN_WRITING_TO_IT',
        'You cannot read from a file after you began writing to it.',
      );
    mode = 'reading';
    return contents();
  };
  const append = (method: string, options: unknown, ending: string): object => {
    if (!isObject(options)) throw missingArgument(`file.${method}`, 'options');
    if (options.value === undefined || options.value === null || options.value === '')
      throw missingArgument(`file.${method}`, 'options.value');
    if (mode === 'reading')
      throw scriptError(
        'YOU_CANNOT_WRITE_TO_A_FILE_AFTER_YOU_BEGAN_READING_FROM_IT',
        'You cannot write to a file after you began reading from it.',
      );
    mode = 'writing';
    state.contents = `${contents()}${String(options.value)}${ending}`;
    return file;
  };
  const file = {
    getContents(): string {
      const text = contents();
      if (text.length > MAX_CONTENT) throw tooLarge('file content');
      return text;
    },
    getReader: () => reader(startReading()),
    getSegments(options: unknown) {
      if (!isObject(options)) throw missingArgument('file.getSegments', 'options');
      const { separator } = options;
      if (separator === '') throw scriptError('SSS_INVALID_SEGMENT_SEPARATOR', 'Segment separator must not be empty.');
      if (typeof separator !== 'string') throw invalidTypeArgument('options.separator');
      return { iterator: () => iterator(segments(startReading(), separator)) };
    },
    lines: { iterator: () => iterator(lines(startReading())) },
    append: (options: unknown) => append('append', options, ''),
    appendLine: (options: unknown) => append('appendLine', options, '\n'),
    resetStream(): void {
      mode = 'idle';
    },
    save(): number {
      if (state.folder === null || state.folder === undefined || state.folder === '')
        throw missingArgument('file.File.save', 'folder');
      if (state.contents === null) contents();
      const saved = guest.syscall<JsonObject & { id: number }>('file.save', { ...state });
      const { id, url, contents: _unread, ...rest } = saved;
      // A new file's object never learns its id: what `save` answers is the way to it (observed).
      Object.assign(state, rest, state.id === null ? {} : { id, url });
      mode = 'idle';
      return saved.id;
    },
    toJSON: () => {
      const { contents: _contents, ...rest } = state;
      return { type: 'file.File', ...rest, isText: isText(state.fileType) };
    },
    toString: () => 'file.File',
  };
  exposeState(file, state);
  return file;
}

function exposeState(file: object, state: FileState): void {
  for (const name of ['name', 'folder', 'description', 'encoding', 'isInactive', 'isOnline'] as const) {
    Object.defineProperty(file, name, {
      enumerable: true,
      get: () => state[name],
      set: (given: unknown) => Object.assign(state, { [name]: given }),
    });
  }
  readOnly(file, 'file.File', {
    id: () => state.id,
    fileType: () => state.fileType,
    isText: () => isText(state.fileType),
    path: () => state.path,
    size: () => state.size,
    url: () => state.url,
  });
}

const tooLarge = (what: string): Error =>
  scriptError(
    'SSS_FILE_CONTENT_SIZE_EXCEEDED',
    `The ${what} you are attempting to access exceeds the maximum allowed size of 10 MB.`,
  ) as unknown as Error;

function lines(text: string): string[] {
  const found = text.split(/\r\n|\n|\r/);
  // A final line break ends the last line; it does not begin another.
  if (found[found.length - 1] === '') found.pop();
  return found;
}

function segments(text: string, separator: string): string[] {
  const found = text.split(separator);
  if (found[found.length - 1] === '') found.pop();
  return found;
}

/** NetSuite's iterators hand out `{value}` and stop when the callback does not answer true. */
function iterator(values: string[]): object {
  let at = 0;
  return {
    each(callback: (item: { value: string }) => boolean | undefined): void {
      while (at < values.length) {
        const value = values[at++] ?? '';
        if (value.length > MAX_CONTENT) throw tooLarge('content');
        if (callback({ value }) !== true) return;
      }
    },
    next: () => (at < values.length ? { done: false, value: values[at++] } : { done: true, value: undefined }),
    [Symbol.iterator]() {
      return this;
    },
  };
}

function reader(text: string): object {
  let at = 0;
  return {
    readChars(options: unknown): string | null {
      if (!isObject(options)) throw missingArgument('readChars', 'options');
      const { number } = options;
      if (typeof number !== 'number') throw invalidTypeArgument('number');
      if (number <= 0) throw scriptError('SSS_INVALID_READ_SIZE', 'Read size must be positive.');
      if (at >= text.length) return null;
      return text.slice(at, (at += number));
    },
    readUntil(options: unknown): string | null {
      if (!isObject(options)) throw missingArgument('readUntil', 'options');
      const { tag } = options;
      if (typeof tag !== 'string') throw invalidTypeArgument('tag');
      if (tag === '') throw scriptError('SSS_TAG_CANNOT_BE_EMPTY', 'Tag cannot be empty');
      if (at >= text.length) return null;
      const found = text.indexOf(tag, at);
      const end = found < 0 ? text.length : found + tag.length;
      return text.slice(at, (at = end));
    },
    reset(): void {
      at = 0;
    },
  };
}
