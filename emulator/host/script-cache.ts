import vm from 'node:vm';
import { readScriptHeader } from '../sdf/script-header';
import { dynamicImportFault } from './find-dynamic-import';
import { dropFormatCharacters } from './drop-format-characters';
import { es5Fault } from './es5-fault';

export interface FileLookup {
  /** The file's content hash, or null when there is no such file. */
  resolve(path: string): { path: string; hash: string } | null;
  source(path: string): string;
}

const MAX_SCRIPTS = 500;

/**
 * Script files as compiled code, by content, for all contexts of this thread: V8 keeps the bytecode with the vm.Script, so a second
 * context pays for running the file only. Resolved paths hold for one epoch of the File Cabinet.
 */
export class ScriptCache {
  private epoch = '';
  private readonly paths = new Map<string, { path: string; hash: string } | null>();
  /** Answers of `record.meta` by its arguments: the same for every execution of an epoch. */
  readonly metadata = new Map<string, string>();
  private readonly compiled = new Map<string, vm.Script | string>();

  startEpoch(epoch: string): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.paths.clear();
    this.metadata.clear();
  }

  resolve(path: string, files: FileLookup): { path: string; hash: string } | null {
    const known = this.paths.get(path);
    if (known !== undefined) return known;
    const found = files.resolve(path) ?? (path.endsWith('.js') ? null : files.resolve(`${path}.js`));
    this.paths.set(path, found);
    return found;
  }

  /**
   * The script whose completion value is `(define, require) => void`, or the text of its syntax error.
   * Under `2.0` files are ES5.1 unless their own tag says 2.1. With `exported` the function answers the variable of this name.
   */
  compile(path: string, files: FileLookup, version: '2.0' | '2.1', exported = ''): vm.Script | string {
    const file = this.resolve(path, files);
    if (!file) return `File not found: ${path}`;
    const key = `${version} ${exported} ${file.hash} ${file.path}`;
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const written = files.source(file.path).replace(/^\uFEFF/, '');
    const es5 = version === '2.0' && readScriptHeader(written).apiVersion !== '2.1';
    const source = es5 ? dropFormatCharacters(written) : written;
    const made =
      (es5 ? es5Fault(source) : undefined) ??
      compileSource(file.path, es5 ? withoutStrictMode(source) : source, returning(exported));
    if (this.compiled.size >= MAX_SCRIPTS) this.compiled.clear();
    this.compiled.set(key, made);
    return made;
  }
}

/** 2.0 does not enforce strict mode (page subsect_159526433919): the directive becomes an empty text of the same length. */
const withoutStrictMode = (source: string): string =>
  source.replace(/(['"])use strict\1/g, (directive) => directive.replace('use strict', ' '.repeat(10)));

/** `a.b` as a statement that answers it, or nothing where `a` is not defined. */
function returning(exported: string): string {
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(exported)) return '';
  const [name = ''] = exported.split('.');
  return `;return typeof ${name} === 'undefined' ? undefined : ${exported};`;
}

const PREFIX = '(function (define, require) {';

function compileSource(path: string, source: string, ending: string): vm.Script | string {
  try {
    const compiled = new vm.Script(`${PREFIX}${source}\n${ending}})`, {
      filename: path,
      columnOffset: -PREFIX.length,
    });
    return dynamicImportFault(source) ?? compiled;
  } catch (error) {
    return String(error);
  }
}
