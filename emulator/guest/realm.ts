import { isScriptFrame } from './errors';
import { hide } from './define';

/** Makes a fresh VM context look like a SuiteScript server realm: no console, no shared memory, virtual time. */

/** Globals of V8 that a NetSuite script does not see. `gc` is there when a host thread starts at this moment. */
const ABSENT = ['gc', 'console', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef'];

export function prepareRealm(now: () => number): void {
  for (const name of ABSENT) Reflect.deleteProperty(globalThis, name);
  replaceDate(now);
  hide(Error, 'prepareStackTrace', scriptStack);
}

/** `error.stack` tells of the script's own files; what runs them is no business of the script's. */
const scriptStack = (error: Error, frames: object[]): string =>
  [String(error), ...frames.map((frame) => `    at ${String(frame)}`).filter(isScriptFrame)].join('\n');

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * What the two engines do differently: local date strings are long in 2.0 and short in 2.1, whatever options are given (page subsect_159526522746);
 * JSON of an error has its message in 2.0 only (page subsect_158755291553).
 */
export function applyVersion(apiVersion: '2.0' | '2.1'): void {
  const isOld = apiVersion === '2.0';
  function toLocaleDateString(this: Date): string {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    const [year, month, day] = [this.getFullYear(), this.getMonth(), this.getDate()];
    return isOld ? `${MONTHS[month]} ${day}, ${year}` : `${year}-${two(month + 1)}-${two(day)}`;
  }
  hide(Date.prototype, 'toLocaleDateString', toLocaleDateString);
  if (!isOld) return;
  hide(Error.prototype, 'toJSON', function (this: Error): object {
    return Object.hasOwn(this, 'message') ? Object.assign({ message: this.message }, this) : { ...this };
  });
}

/** `log` and `util` are globals; they are made when a script first touches them. */
export function defineLazyGlobal(name: string, make: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get: () => {
      const value = make();
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
      return value;
    },
    set: (value: unknown) => {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    },
  });
}

/** The realm's own Date stays the class (`instanceof`, subclassing); only "now" comes from the execution's clock. */
function replaceDate(now: () => number): void {
  const RealDate = Date;
  const VirtualDate = function Date(...args: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length > 0 ? args : [now()], new.target);
  };
  Object.defineProperty(VirtualDate, 'length', { value: 7 });
  Object.defineProperty(VirtualDate, 'prototype', { value: RealDate.prototype, writable: false });
  hide(VirtualDate, 'now', () => Math.floor(now()));
  hide(VirtualDate, 'parse', RealDate.parse);
  hide(VirtualDate, 'UTC', RealDate.UTC);
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate as unknown as DateConstructor;
}
