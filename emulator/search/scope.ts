import type { Registry } from '../kernel/types';
import { LINE_SUBLISTS } from '../suiteql/catalog/transaction-line';
import { isShownLine } from '../suiteql/catalog/settling-lines';
import { typeList } from '../suiteql/catalog/table';
import { unlessMissing } from '../suiteql/compile/scope';
import { invalidColumnJoin, invalidFilterJoin, unsupportedSearch } from './errors';
import { addressField, addressOfTransaction } from './address-fields';
import { assignmentField } from './assignments';
import { displayName, extract, idField, rawField } from './fields';
import { balanceField, balanceRows, isBalance } from './inventory-balance';
import { isItemBase, listedColumn, memberOf } from './item-lists';
import { joinRestriction, type JoinPlan, planJoin } from './joins';
import { linkAmount, linkOfAmount, LINKS } from './linked-transactions';
import { indexesOfFigure } from './entity-figures';
import { recordField } from './record-fields';
import type { SearchBase } from './search-type';
import { transactionField } from './transaction-fields';
import { readThrough, type SearchField } from './field-type';

/** Rows of transactions that a search reads. */
export type LineMode = 'main' | 'lines' | 'all';

interface Joined {
  plan: JoinPlan;
  alias: string;
  line: string | null;
}

export interface ScopeOptions {
  registry: Registry;
  acceptUnknown: boolean;
  visible(types: string[]): string[];
  /** Restriction to the rows that the role may see; null when it may see all. */
  ownRows(types: string[], alias: string): string | null;
}

/** Beyond these the group is said beside the types, for the index of ids. */
const FEW_TYPES = 3;

/** FROM of a search: the base and the joins that its fields ask for. */
export class SearchScope {
  readonly body = 'b';
  readonly line: string | null;
  readonly base: SearchBase;
  readonly mode: LineMode;
  private readonly options: ScopeOptions;
  private readonly joins = new Map<string, Joined>();
  private readonly wanted: NonNullable<JoinPlan['indexes']> = [];

  constructor(base: SearchBase, mode: LineMode, options: ScopeOptions) {
    this.base = base;
    this.mode = mode;
    this.options = options;
    this.line = base.kind === 'transaction' && mode !== 'main' ? 'l' : null;
  }

  /** A field by name and join; undefined when there is none. Throws for a join that does not exist. */
  field(name: string, join: string | undefined, use: 'filter' | 'column'): SearchField | undefined {
    const id = name.toLowerCase();
    if (isBalance(this.base) && !join) return balanceField(this.body, id);
    if (join === undefined || join === '')
      return (
        this.perLocation(id) ??
        this.perListLine(id, use) ??
        this.linked(id, use) ??
        this.ofRow(this.base, this.body, this.line, id)
      );
    if (this.base.kind === 'transaction') {
      const address = addressOfTransaction(this.body, join.toLowerCase(), id);
      if (address) return address;
    }
    const joined = this.join(join, use);
    if (joined.plan.each !== undefined) return assignmentField(joined.alias, this.line, id);
    if (joined.plan.lines) return this.ofSublist(joined, id);
    const field = this.ofRow(joined.plan.base, joined.alias, joined.line, id);
    return field && ofJoined(field, joined.alias);
  }

  from(types: string[]): { sql: string; where: string[]; order: string[] } {
    const { body, line } = this;
    const joins = [...this.joins.values()].map((joined) => this.joinSql(joined));
    const own = this.options.ownRows(types, body);
    const restriction = `${typeList(`${body}.type`, types)}${this.group(types)}${own === null ? '' : ` AND ${own}`}`;
    if (isBalance(this.base)) {
      const rows = balanceRows(body);
      return { sql: [rows.sql, ...joins].join(' '), where: [restriction, rows.where], order: [`${body}.id`] };
    }
    if (line === null)
      return { sql: [`record ${body}`, ...joins].join(' '), where: [restriction], order: [`${body}.id`] };
    const order = [`${body}.id`, `${line}.seq`];
    const match = `${line}.type = ${body}.type AND ${line}.id = ${body}.id AND ${typeList(`${line}.sublist`, LINE_SUBLISTS)} AND ${isShownLine(line)}`;
    if (this.mode === 'lines') {
      return {
        sql: [`record ${body}`, `JOIN line ${line} ON ${match}`, ...joins].join(' '),
        where: [restriction],
        order,
      };
    }
    // Each transaction twice: once for its main line, once for its lines. A journal entry is nothing but its lines.
    const twice = `JOIN json_each('[0,1]') k LEFT JOIN line ${line} ON k.value = 1 AND ${match}`;
    const where = [restriction, `((k.value = 0 AND ${body}.type NOT LIKE '%journalentry') OR ${line}.id IS NOT NULL)`];
    return { sql: [`record ${body}`, twice, ...joins].join(' '), where, order };
  }

  private group(types: string[]): string {
    const { group } = this.base;
    return group === undefined || types.length <= FEW_TYPES ? '' : ` AND ${this.body}.grp = '${group}'`;
  }

  private joinSql({ plan, alias, line }: Joined): string {
    if (plan.each !== undefined) return `LEFT JOIN ${plan.each} ${alias} ON ${plan.on(alias)}`;
    if (plan.lines)
      return `LEFT JOIN line ${alias} ON ${plan.on(alias)} AND ${typeList(`${alias}.sublist`, plan.lines.sublists)}`;
    const shown = this.options.visible(plan.base.types);
    const own = this.options.ownRows(shown, alias);
    // Of several types that the join leads to the role may see some only.
    const which =
      shown.length === plan.base.types.length ? joinRestriction(plan.base, alias) : typeList(`${alias}.type`, shown);
    if (plan.ofLines && line !== null)
      return (
        `LEFT JOIN (line ${line} JOIN record ${alias} ON ${alias}.type = ${line}.type AND ${alias}.id = ${line}.id) ` +
        `ON ${plan.ofLines(line)} AND ${which}${own === null ? '' : ` AND ${own}`}`
      );
    return `LEFT JOIN record ${alias} ON ${plan.on(alias)} AND ${which}${own === null ? '' : ` AND ${own}`}`;
  }

  private ofRow(base: SearchBase, alias: string, line: string | null, name: string): SearchField | undefined {
    const { registry, acceptUnknown } = this.options;
    if (base.kind === 'transaction')
      return transactionField(
        { base, registry, acceptUnknown, body: alias, line, mixed: alias === this.body && this.mode === 'all' },
        name,
      );
    this.wanted.push(...indexesOfFigure(base.types[0] ?? '', name));
    return recordField({ base, alias, registry, acceptUnknown }, name);
  }

  /** A linked transaction as a field of its own: its id, reading `Payment #12`. */
  private linked(name: string, use: 'filter' | 'column'): SearchField | undefined {
    if (this.base.kind !== 'transaction') return undefined;
    const link = linkOfAmount(name);
    if (link !== undefined) return linkAmount(name, this.body, this.join(link, use).alias);
    if (!LINKS.has(name)) return undefined;
    const { alias } = this.join(name, use);
    return { ...idField(alias), text: displayName('transaction', `${alias}.id`) };
  }

  /** Indexes by which the joins and the sums of documents read. */
  indexes(): NonNullable<JoinPlan['indexes']> {
    return [...this.wanted, ...[...this.joins.values()].flatMap(({ plan }) => plan.indexes ?? [])];
  }

  /** Expressions by whose indexes the joins read. */
  computed(): string[] {
    return [...this.joins.values()].flatMap(({ plan }) => (plan.computed === undefined ? [] : [plan.computed]));
  }

  /** Fields of an item, or of a lot or serial number, by location: naming one gives a row for each location (`inventorylocation`, `locationquantityavailable`). */
  private perLocation(name: string): SearchField | undefined {
    if (this.base.kind === 'record' && this.base.id === 'inventorynumber' && /^(location|quantity)/.test(name))
      return this.ofSublist(this.join('inventorylocation', 'column'), name);
    if (!isItemBase(this.base)) return undefined;
    if (
      name !== 'inventorylocation' &&
      !/^location(quantity|reorderpoint|preferredstocklevel|averagecost|cost|total)/.test(name)
    )
      return undefined;
    const joined = this.join('inventorylocation', 'column');
    return this.ofSublist(joined, name === 'inventorylocation' ? 'location' : name.slice('location'.length));
  }

  /** Members and vendors of an item, a row for each. */
  private perListLine(name: string, use: 'filter' | 'column'): SearchField | undefined {
    const column = listedColumn(this.base, name);
    return column?.make(this.join(column.list, use).alias);
  }

  private ofSublist({ plan, alias }: Joined, name: string): SearchField | undefined {
    const path = plan.lines?.subrecord;
    if (path !== undefined) return addressField(alias, path, name);
    if (plan.base.id === 'pricing') return priceField(alias, name);
    const own = (field: string): string => extract(`${alias}.data`, field);
    const location = `COALESCE(${own('location')}, ${own('locationid')})`;
    if (name === 'location') return rawField(location, 'select', 'location');
    if (name === 'internalid') return rawField(location, 'select');
    if (name === 'averagecost' || name === 'totalvalue')
      return rawField(own(name === 'averagecost' ? 'averagecostmli' : 'onhandvaluemli'), 'currency');
    return /^(quantity|reorderpoint|preferredstock|averagecost|cost|total)/.test(name)
      ? rawField(own(name), /cost|total/.test(name) ? 'currency' : 'float')
      : this.ofNamed('location', location, name);
  }

  /** A field of the record that a value names, read by itself. */
  private ofNamed(type: string, id: string, name: string): SearchField | undefined {
    const { registry, acceptUnknown } = this.options;
    const base: SearchBase = { kind: 'record', id: type, types: [type] };
    const field = recordField({ base, alias: 'nr', registry, acceptUnknown }, name);
    return (
      field &&
      readThrough(
        field,
        (sql) => `(SELECT ${sql} FROM record nr WHERE nr.type = '${type}' AND nr.id = CAST(${id} AS INTEGER))`,
      )
    );
  }

  private join(name: string, use: 'filter' | 'column'): Joined {
    const key = name.toLowerCase();
    const known = this.joins.get(key);
    if (known) return known;
    const follows = key === 'memberitem' && isItemBase(this.base) ? this.join('itemmembers', use).alias : undefined;
    const from = { base: this.base, registry: this.options.registry, alias: this.body, line: this.line };
    const plan = planJoin({ ...from, ...(follows === undefined ? {} : { member: memberOf(follows) }) }, key);
    // The account keeps no system notes: an empty answer would say that nothing was ever changed.
    if (!plan && key === 'systemnotes') throw unsupportedSearch('The join systemNotes');
    // A record that the role may not see can't be joined.
    if (!plan || this.options.visible(plan.base.types).length === 0)
      throw use === 'filter' ? invalidFilterJoin(name) : invalidColumnJoin(name);
    const index = this.joins.size + 1;
    const joined = { plan, alias: `j${index}`, line: plan.ofLines ? `jl${index}` : null };
    this.joins.set(key, joined);
    return joined;
  }
}

/** Where the join found nothing a check box is neither ticked nor not. */
function ofJoined(field: SearchField, alias: string): SearchField {
  if (field.format !== 'checkbox' && field.filterSql?.type !== 'bool') return field;
  const value = field.format === 'checkbox' ? unlessMissing(field.value, alias) : field.value;
  return { ...field, value, ...(field.filterSql ? { filterSql: unlessMissing(field.filterSql, alias) } : {}) };
}

function priceField(alias: string, name: string): SearchField | undefined {
  const own = (field: string): string => extract(`${alias}.data`, field);
  switch (name) {
    case 'pricelevel':
      return rawField(own('pricelevel'), 'select', 'pricelevel');
    case 'unitprice':
      return rawField(`COALESCE(${own('price_1_')}, ${own('price')}, ${own('unitprice')})`, 'currency');
    // A line is the price from the first unit on; further columns of the matrix are not joined.
    case 'minimumquantity':
      return rawField('0', 'float');
    case 'currency':
      return rawField(
        `COALESCE(${own('currency')}, CASE WHEN ${alias}.sublist = 'price' THEN '1' ELSE substr(${alias}.sublist, 6) END)`,
        'select',
        'currency',
      );
    default:
      return undefined;
  }
}
