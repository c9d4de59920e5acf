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
 * What getValue answers for an empty field depends on its type alone, but for figures: `asked` is one that the account works out when it
 * is read, `missing` one that this account can't work out.
 */
export type EmptyKind = 'unknown' | 'text' | 'typed' | 'asked' | 'missing';

/** Before the type of a field (emulator/records/guest-meta.ts writes them). */
const ASKED = 63; // ?
const MISSING = 33; // !
const MARKS = ['|?', '|!'];

/** Between the fields of a list. JSON does not escape it, so a list of hundreds crosses as one plain string. */
const BETWEEN = '\u007f';

/** After so many questions the list is put in order: most scripts touch a handful of a record's hundreds of fields, some read them all. */
const QUESTIONS = 16;

/**
 * One list of fields (a body or a sublist), kept as the account sends it: `␡id|type|flags|selectType|label␡…␡`. A field is looked for in
 * that text and described when it is first asked for. A text and a Map, because each realm would have to build an object's hidden class
 * property by property.
 */
class FieldTable {
  private readonly text: string;
  private readonly known = new Map<string, FieldInfo>();
  private ordered: Map<string, string> | undefined;
  private asked = 0;

  constructor(text: string) {
    this.text = text;
  }

  get(id: string): FieldInfo | undefined {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const line = this.line(id);
    if (line === undefined) return undefined;
    const info = parse(id, line);
    this.known.set(id, info);
    return info;
  }

  /** Most fields of a record are empty: whoever reads them all is spared their descriptions. */
  emptyKind(id: string): EmptyKind {
    const line = this.line(id);
    if (line === undefined) return 'unknown';
    const mark = line.charCodeAt(0);
    if (mark === ASKED) return 'asked';
    if (mark === MISSING) return 'missing';
    return line.startsWith('checkbox|') || line.startsWith('multiselect|') ? 'typed' : 'text';
  }

  ids(): string[] {
    return [...this.lines().keys()];
  }

  /** Fields that the account works out, or can't: looked for in the text, because most of hundreds are none. */
  figures(): string[] {
    const { text } = this;
    const found: string[] = [];
    for (const mark of MARKS) {
      for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 2)) {
        const id = text.slice(text.lastIndexOf(BETWEEN, at) + 1, at);
        if (!id.includes('|')) found.push(id);
      }
    }
    return found;
  }

  private line(id: string): string | undefined {
    this.asked += 1;
    if (this.ordered !== undefined || this.asked > QUESTIONS) return this.lines().get(id);
    if (id.includes('|')) return undefined;
    const at = this.text.indexOf(`${BETWEEN}${id}|`);
    if (at < 0) return undefined;
    const start = at + id.length + 2;
    return this.text.slice(start, this.text.indexOf(BETWEEN, start));
  }

  private lines(): Map<string, string> {
    if (this.ordered) return this.ordered;
    const ordered = new Map<string, string>();
    for (const entry of this.text.split(BETWEEN)) {
      const bar = entry.indexOf('|');
      if (bar > 0) ordered.set(entry.slice(0, bar), entry.slice(bar + 1));
    }
    this.ordered = ordered;
    return ordered;
  }
}

function parse(id: string, line: string): FieldInfo {
  const [marked = 'text', flags = '', selectType = '', ...label] = line.split('|');
  const type = marked.replace(/^[?!]/, '');
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
    const { sublists } = packed;
    for (let index = 0; index < sublists.length; index += 2)
      this.lists.set(sublists[index]!, new FieldTable(sublists[index + 1]!));
  }

  field(id: string): FieldInfo | undefined {
    return this.body.get(id);
  }

  emptyKind(id: string): EmptyKind {
    return this.body.emptyKind(id);
  }

  figures(sublist?: string): string[] {
    return (sublist === undefined ? this.body : (this.lists.get(sublist) ?? NO_FIELDS)).figures();
  }

  lineField(sublist: string, id: string): FieldInfo | undefined {
    return (this.lists.get(sublist) ?? NO_FIELDS).get(id);
  }

  emptyCell(sublist: string, id: string): EmptyKind {
    return (this.lists.get(sublist) ?? NO_FIELDS).emptyKind(id);
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
