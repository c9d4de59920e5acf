import type { CrmRecord, RecordTable } from '../record-table';

interface Linked {
  id: string;
  type: string;
}

const SINGULAR: Readonly<Record<string, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  tickets: 'ticket',
  line_items: 'line_item',
  orders: 'order',
  quotes: 'quote',
  products: 'product',
  notes: 'note',
};
const nameOf = (object: string): string => (object === 'line_items' ? 'line items' : object);

/** HubSpot's association types: the primary company first, the plain association second. */
const TYPE_IDS: Readonly<Record<string, readonly [number, number]>> = {
  'contacts|companies': [1, 279],
  'companies|contacts': [2, 280],
  'deals|companies': [5, 341],
  'companies|deals': [6, 342],
  'tickets|companies': [26, 339],
  'deals|contacts': [3, 3],
  'contacts|deals': [4, 4],
  'deals|line_items': [19, 19],
  'quotes|line_items': [67, 67],
  'notes|deals': [214, 214],
  'deals|notes': [213, 213],
  'quotes|deals': [64, 64],
  'quotes|companies': [71, 71],
  'orders|companies': [509, 509],
  'orders|deals': [512, 512],
  'orders|line_items': [513, 513],
};

const plain = (from: string, to: string): string => `${SINGULAR[from] ?? from}_to_${SINGULAR[to] ?? to}`;
/** Contacts, deals and tickets have a primary company; quotes and orders just have companies. */
const hasPrimary = (from: string, to: string): boolean =>
  to === 'companies' && ['contacts', 'deals', 'tickets'].includes(from);
/** A label of the portal's own: its number says nothing, and may be that of a type of HubSpot's. */
const OWN_LABEL = 'label_';

function listOf(record: CrmRecord, to: string): Linked[] {
  const associations = (record['associations'] ??= {}) as Record<string, { results: Linked[] }>;
  return (associations[nameOf(to)] ??= { results: [] }).results;
}

/** Associations as a portal keeps them: both ends know, and a record has at most one primary company. */
export class Links {
  readonly #table: RecordTable;

  constructor(table: RecordTable) {
    this.#table = table;
  }

  read(from: string, to: string, id: string): { toObjectId: string; associationTypes: object[] }[] {
    const record = this.#table.get(from, id);
    const linked = record ? listOf(record, to) : [];
    const ids = [...new Set(linked.map((one) => one.id))];
    return ids.map((other) => ({
      toObjectId: other,
      associationTypes: linked.filter((one) => one.id === other).map((one) => this.#typeOf(from, to, one.type)),
    }));
  }

  /** Adds the plain association. Only a record that has no primary company yet takes this one as such. */
  addDefault(from: string, id: string, to: string, toId: string): void {
    this.#add(from, id, to, toId, `${plain(from, to)}${hasPrimary(from, to) ? '_unlabeled' : ''}`);
    if (hasPrimary(from, to) && this.primary(from, id) === null) this.#add(from, id, to, toId, plain(from, to));
    this.#addBack(from, id, to, toId);
  }

  /** Adds an association by its type: the primary type takes the place of another primary company. */
  addTyped(from: string, id: string, to: string, toId: string, typeId: number): void {
    const [primary] = TYPE_IDS[`${from}|${to}`] ?? [0, 0];
    if (hasPrimary(from, to) && typeId === primary) {
      const list = listOf(this.#table.get(from, id)!, to);
      const kept = list.filter((one) => one.type !== plain(from, to));
      list.splice(0, list.length, ...kept);
      this.#add(from, id, to, toId, plain(from, to));
    }
    this.addDefault(from, id, to, toId);
  }

  /** Adds a label of the portal's own beside the plain association. */
  addLabel(from: string, id: string, to: string, toId: string, typeId: number): void {
    this.#add(from, id, to, toId, `${OWN_LABEL}${typeId}`);
    if (!listOf(this.#table.get(from, id)!, to).some((one) => one.id === toId && one.type.startsWith(plain(from, to))))
      this.addDefault(from, id, to, toId);
  }

  primary(from: string, id: string): string | null {
    const record = this.#table.get(from, id);
    return record
      ? (listOf(record, 'companies').find(({ type }) => type === plain(from, 'companies'))?.id ?? null)
      : null;
  }

  #addBack(from: string, id: string, to: string, toId: string): void {
    this.#add(to, toId, from, id, plain(to, from));
  }

  #add(from: string, id: string, to: string, toId: string, type: string): void {
    const list = listOf(this.#table.get(from, id)!, to);
    if (!list.some((one) => one.id === toId && one.type === type)) list.push({ id: toId, type });
  }

  #typeOf(from: string, to: string, type: string): object {
    if (type.startsWith(OWN_LABEL))
      return { category: 'USER_DEFINED', typeId: Number(type.slice(OWN_LABEL.length)), label: type };
    const [primary, other] = TYPE_IDS[`${from}|${to}`] ?? [0, 0];
    const typeId = type.endsWith('_unlabeled') || !hasPrimary(from, to) ? other : primary;
    return {
      category: 'HUBSPOT_DEFINED',
      typeId,
      label: typeId === primary && hasPrimary(from, to) ? 'Primary' : null,
    };
  }
}
