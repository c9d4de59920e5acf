import type { Store } from '../kernel/types';

/** Writes the values of a custom list as records of its own type; ids are those of the declaration, a second deploy replaces them. */
export function storeListValues(
  store: Store,
  type: string,
  values: { id: string; scriptId: string; text: string; inactive: boolean }[],
): void {
  store.transaction(() => {
    for (const value of values) {
      store.put({
        type,
        id: value.id,
        externalId: null,
        version: 0,
        fields: { name: value.text, scriptid: value.scriptId, isinactive: value.inactive },
        sublists: {},
        subrecords: {},
      });
    }
  });
}
