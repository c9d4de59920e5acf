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

/**
 * One list of fields (a body or a sublist), kept as the text the account sends: `\nid|type|flags|selectType|label`.
 * A script touches a dozen of a record's three hundred fields, so each is parsed when first asked for.
 */
class FieldTable {
  private readonly packed: string;
  private readonly known = new Map<string, FieldInfo | undefined>();
  private lines: Map<string, string> | undefined;

  constructor(packed: string) {
    this.packed = packed;
  }

  get(id: string): FieldInfo | undefined {
    const known = this.known.get(id);
    if (known !== undefined || this.known.has(id)) return known;
    const info = this.parse(id);
    this.known.set(id, info);
    return info;
  }

  /** Whoever lists the fields reads most of them: from then on each is found by its line instead of by a search of the text. */
  ids(): string[] {
    if (!this.lines) {
      this.lines = new Map();
      if (this.packed !== '') {
        for (const line of this.packed.slice(1).split('\n')) this.lines.set(line.slice(0, line.indexOf('|')), line);
      }
    }
    return [...this.lines.keys()];
  }

  private lineOf(id: string): string | undefined {
    if (this.lines) return this.lines.get(id);
    const from = this.packed.indexOf(`\n${id}|`);
    if (from < 0) return undefined;
    const end = this.packed.indexOf('\n', from + 1);
    return this.packed.slice(from + 1, end < 0 ? undefined : end);
  }

  private parse(id: string): FieldInfo | undefined {
    const line = this.lineOf(id);
    if (line === undefined) return undefined;
    const [, type = 'text', flags = '', selectType = '', label = ''] = line.split('|');
    return {
      id,
      type,
      label,
      selectType,
      required: flags.includes('r'),
      radio: flags.includes('o'),
      readOnly: flags.includes('x'),
    };
  }
}

const NO_FIELDS = new FieldTable('');

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
