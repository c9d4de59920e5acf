/** A member that is made when a script first reads it: big tables would otherwise be built in each of thousands of realms. */
export function defineLazy(owner: object, name: string, make: () => unknown): void {
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
      return value;
    },
  });
}
