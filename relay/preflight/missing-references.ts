import type { DirectRecord, NamedReference, ResolvedName } from '../../contract';
import type { Complaints } from './judge-records';

type Values = NonNullable<DirectRecord['fields']>;

interface Named extends NamedReference {
  /** Ids of the records that name it. */
  ids: string[];
}

/** What records name in NetSuite by a name of its own: terms, currencies, sales reps, items. */
export class References {
  readonly #named = new Map<string, Named>();

  note({ fields = {}, sublists = {} }: DirectRecord, id: string): void {
    this.#noteAll(fields, id);
    for (const { lines } of Object.values(sublists)) for (const line of lines) this.#noteAll(line.fields ?? {}, id);
  }

  #noteAll(values: Values, id: string): void {
    for (const { ref } of Object.values(values)) {
      const by = ref?.text === undefined ? ref?.key?.field : 'text';
      const value = ref?.text ?? ref?.key?.value;
      if (ref === undefined || by === undefined || value === undefined) continue;
      const name = `${ref.recordType}|${by}|${value}`;
      const known = this.#named.get(name);
      if (!known) this.#named.set(name, { recordType: ref.recordType, by, value, ids: [id] });
      else if (known.ids.at(-1) !== id) known.ids.push(id);
    }
  }

  list(): readonly NamedReference[] {
    return [...this.#named.values()].map(({ recordType, by, value }) => ({ recordType, by, value }));
  }

  /** Those that stand for no single active record of the account, as complaints about the records that name them. */
  judge(found: readonly ResolvedName[], complaints: Complaints): void {
    for (const { recordType, by, value, ids, inactive } of found) {
      if (ids.length === 1) continue;
      const state = ids.length > 1 ? `${ids.length} of them` : inactive ? 'only an inactive one' : 'none';
      const what = `${recordType} “${value}”: NetSuite has ${state}`;
      for (const id of this.#named.get(`${recordType}|${by}|${value}`)?.ids ?? [])
        complaints.add('not in NetSuite', what, id);
    }
  }
}
