import type { PackedMeta } from './data';

export interface FieldInfo {
  id: string;
  type: string;
  label: string;
  selectType: string;
  required: boolean;
  radio: boolean;
  readOnly: boolean;
}

/** What getValue answers for an empty field depends on its type alone. */
export type EmptyKind = 'unknown' | 'text' | 'typed';

/**
 * One list of fields (a body or a sublist), kept as the account sends it: `[id, "type|flags|selectType|label", …]`. It is put in order when
 * the list is first used, and a field's description when that field is first asked for: a script touches a dozen of a record's hundreds.
 * A flat array and a Map, because each realm would have to build an object's hidden class property by property.
 */
class FieldTable {
  private readonly pairs: string[];
  private readonly known = new Map<string, FieldInfo>();
  private packed: Map<string, string> | undefined;

  constructor(pairs: string[]) {
    this.pairs = pairs;
  }

  get(id: string): FieldInfo | undefined {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const line = this.lines().get(id);
    if (line === undefined) return undefined;
    const info = parse(id, line);
    this.known.set(id, info);
    return info;
  }

  /** Most fields of a record are empty: whoever reads them all is spared their descriptions. */
  emptyKind(id: string): EmptyKind {
    const line = this.lines().get(id);
    if (line === undefined) return 'unknown';
    return line.startsWith('checkbox|') || line.startsWith('multiselect|') ? 'typed' : 'text';
  }

  ids(): string[] {
    return [...this.lines().keys()];
  }

  private lines(): Map<string, string> {
    if (this.packed) return this.packed;
    const { pairs } = this;
    const packed = new Map<string, string>();
    for (let index = 0; index < pairs.length; index += 2) packed.set(pairs[index]!, pairs[index + 1]!);
    this.packed = packed;
    return packed;
  }
}

function parse(id: string, line: string): FieldInfo {
  const [type = 'text', flags = '', selectType = '', ...label] = line.split('|');
  return {
    id,
    type,
    label: label.join('|'),
    selectType,
    required: flags.includes('r'),
    radio: flags.includes('o'),
    readOnly: flags.includes('x'),
  };
}

const NO_FIELDS = new FieldTable([]);

export class TypeInfo {
  readonly type: string;
  readonly subrecords: Record<string, string>;
  readonly lenient: boolean;
  private readonly body: FieldTable;
  private readonly lists = new Map<string, FieldTable>();
  private readonly triggers: Record<string, string[]>;

  constructor(packed: PackedMeta) {
    this.type = packed.type;
    this.subrecords = packed.subrecords;
    this.body = new FieldTable(packed.body);
    this.triggers = packed.triggers;
    this.lenient = packed.lenient === true;
    for (const [id, fields] of Object.entries(packed.sublists)) this.lists.set(id, new FieldTable(fields));
  }

  field(id: string): FieldInfo | undefined {
    return this.body.get(id);
  }

  emptyKind(id: string): EmptyKind {
    return this.body.emptyKind(id);
  }

  lineField(sublist: string, id: string): FieldInfo | undefined {
    return (this.lists.get(sublist) ?? NO_FIELDS).get(id);
  }

  /** May a field of this id be read although no one declared it? */
  adopts(id: string): boolean {
    return this.lenient && /^(cust|cseg)/.test(id);
  }

  hasSublist(id: string): boolean {
    return this.lists.has(id);
  }

  sublistIds(): string[] {
    return [...this.lists.keys()];
  }

  fieldIds(): string[] {
    return this.body.ids();
  }

  lineFieldIds(sublist: string): string[] {
    return (this.lists.get(sublist) ?? NO_FIELDS).ids();
  }

  triggersSourcing(field: string, sublist = ''): boolean {
    return (this.triggers[sublist] ?? []).includes(field);
  }
}
