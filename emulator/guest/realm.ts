/** Makes a fresh VM context look like a SuiteScript server realm: no console, no shared memory, virtual time. */

/** Globals of V8 that a NetSuite script does not see. */
const ABSENT = ['console', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef'];

export function prepareRealm(now: () => number): void {
  for (const name of ABSENT) Reflect.deleteProperty(globalThis, name);
  replaceDate(now);
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
  function VirtualDate(...args: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length > 0 ? args : [now()], new.target);
  }
  Object.defineProperties(VirtualDate, {
    name: { value: 'Date' },
    length: { value: 7 },
    prototype: { value: RealDate.prototype, writable: false },
    now: { value: () => Math.floor(now()), writable: true, configurable: true },
    parse: { value: RealDate.parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate as unknown as DateConstructor;
}
