import type { FieldMeta } from '../kernel/types';
import { itemTypeCase } from '../suiteql/catalog/item-types';
import { postingFlag } from '../suiteql/catalog/posting';
import { statusLabelSql, statusLetterSql, statusRefSql } from '../suiteql/catalog/status';
import { amount, fxAmount, signedAmount } from './amounts';
import { mainAccount, rowAccount } from '../suiteql/catalog/ledger-tables';
import { CUSTOM_FIELD } from '../suiteql/catalog/record-table';
import { isSettled } from '../suiteql/catalog/settling-lines';
import { BY_CODE, typeCase } from '../suiteql/catalog/transaction-types';
import { quote } from '../suiteql/compile/sql';
import { computed, externalIdField, extract, formatOf, idField, metaField, named, rawField } from './fields';
import { metaOf, unknownField } from './record-fields';
import { flatSegments, withoutLevels } from './flat-segments';
import { DOCUMENT_AGE } from './overdue-fields';
import { uncomputedField } from './uncomputed-field';
import { listedField, targetOf } from './search-fields';
import { ADDRESS_NAMES } from './transaction-addresses';
import { entitySql, isCustomerNamed } from './transaction-entity';
import { COSTS } from './cost-columns';
import { GOODS } from './goods-columns';
import { side } from './ledger-columns';
import { SHIPPED_OR_RECEIVED } from './shipped-or-received';
import { isCogs, type Make, own, perRow, rate, type TransactionContext } from './transaction-rows';
import type { SearchField } from './field-type';
import type { Format } from './types';

const bodyField =
  (fields: string[], format: Format, target?: string): Make =>
  ({ body }) =>
    rawField(
      fields.length === 1
        ? own(body, fields[0] as string)
        : `COALESCE(${fields.map((field) => own(body, field)).join(', ')})`,
      format,
      target,
    );

const lineField =
  (fields: string[], format: Format, target?: string): Make =>
  (context) =>
    rawField(
      perRow(
        context,
        (line) => `COALESCE(${fields.map((field) => own(line, field)).join(', ')}, NULL)`,
        () => 'NULL',
      ),
      format,
      target,
    );

/** The line's own value on a line, the transaction's on the main line. */
const both =
  (field: string, format: Format, target?: string): Make =>
  (context) =>
    rawField(
      perRow(
        context,
        (line) => own(line, field),
        (body) => own(body, field),
      ),
      format,
      target,
    );

const isMain = (context: TransactionContext): string =>
  perRow(
    context,
    () => "'F'",
    () => "'T'",
  );

/** The amount a column or filter about the whole transaction shows, in base currency. */
const ofBody =
  (fields: string[]): Make =>
  ({ body }) =>
    computed(
      `ora_round(COALESCE(${fields.map((field) => own(body, field)).join(', ')}, NULL) * ${rate(body)}, 2)`,
      'currency',
    );

const no: Make = () => computed("'F'", 'checkbox');

/** `mainline`: `*` as a column, T or F in a filter. */
const mainline: Make = (context) => ({
  ...computed(
    perRow(
      context,
      () => 'NULL',
      () => "'*'",
    ),
    'text',
  ),
  filterSql: { sql: isMain(context), type: 'bool', constant: false },
});

const type: Make = ({ body }) => ({
  ...computed(
    typeCase(`${body}.type`, (entry) => quote(entry.code), `${body}.type`),
    'select',
    typeCase(`${body}.type`, (entry) => quote(entry.label), `${body}.type`),
  ),
  filterSql: { sql: `${body}.type`, type: 'text', constant: false },
  filterValue: (given) => BY_CODE.get(given.toLowerCase())?.map((entry) => entry.type) ?? [given.toLowerCase()],
});

const status: Make = ({ body }) => ({
  ...computed(statusRefSql(body), 'select', statusLabelSql(body)),
  filterSql: {
    sql: `${typeCase(`${body}.type`, (entry) => quote(entry.code), `${body}.type`)} || ':' || ${statusLetterSql(body)}`,
    type: 'text',
    constant: false,
  },
  filterValue: (given) => [given],
});

const whose: Make = ({ body, base }) =>
  isCustomerNamed(base)
    ? rawField(entitySql(body), 'select', 'entity')
    : named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'entity', 'select', 'entity');

/** Search names of transactions (data table). */
const NAMES: Record<string, Make> = {
  ...ADDRESS_NAMES,
  internalid: ({ body }) => idField(body),
  internalidnumber: ({ body }) => ({
    value: { sql: `${body}.id`, type: 'number', constant: false },
    format: 'integer',
  }),
  externalid: ({ body }) => externalIdField(body, 'transaction'),
  externalidstring: ({ body }) => ({ value: externalIdField(body, 'transaction').value, format: 'text' }),
  recordtype: ({ body }) => computed(`${body}.type`, 'text'),
  type,
  status,
  statusref: status,
  mainline,
  account: (context) =>
    rawField(
      perRow(context, (line) => rowAccount(line, context.body), mainAccount),
      'select',
      'account',
    ),
  accounttype: (context) =>
    rawField(
      `(SELECT ${extract('a.data', 'accttype')} FROM record a WHERE a.type = 'account' AND a.id = ${perRow(
        context,
        (line) => rowAccount(line, context.body),
        mainAccount,
      )})`,
      'select',
      'list:accounttype',
    ),
  taxline: no,
  shipping: no,
  cogs: (context) =>
    computed(
      perRow(
        context,
        (line) => `CASE WHEN ${isCogs(line)} THEN 'T' ELSE 'F' END`,
        () => "'F'",
      ),
      'checkbox',
    ),
  transactiondiscount: no,
  built: ({ body }) =>
    rawField(`COALESCE(${own(body, 'built')}, CASE ${body}.type WHEN 'workorder' THEN 0 END)`, 'float'),
  daysoverdue: ({ body }) => DOCUMENT_AGE.daysoverdue!(body),
  daysopen: ({ body }) => DOCUMENT_AGE.daysopen!(body),
  posting: ({ body }) => computed(postingFlag(body), 'checkbox'),
  trandate: ({ body, base }) => named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'trandate', 'date'),
  tranid: ({ body, base }) => named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'tranid', 'text'),
  numbertext: bodyField(['tranid'], 'text'),
  number: ({ body }) => computed(`CAST(ora_regexp_substr(${own(body, 'tranid')}, '[0-9]+$') AS INTEGER)`, 'integer'),
  transactionnumber: bodyField(['transactionnumber', 'tranid'], 'text'),
  entity: whose,
  name: whose,
  mainname: whose,
  createdfrom: ({ body, base }) =>
    named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'createdfrom', 'select', 'transaction'),
  datecreated: bodyField(['createddate', 'datecreated'], 'datetime'),
  lastmodifieddate: ({ body, base }) =>
    named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'lastmodifieddate', 'datetime'),
  memomain: bodyField(['memo'], 'text'),
  memo: (context) =>
    rawField(
      perRow(
        context,
        (line) => `COALESCE(${own(line, 'description')}, ${own(line, 'memo')})`,
        (body) => own(body, 'memo'),
      ),
      'text',
    ),
  amount,
  netamount: amount,
  netamountnotax: amount,
  grossamount: amount,
  signedamount: signedAmount,
  debitamount: side(1),
  creditamount: side(-1),
  fxamount: fxAmount,
  total: ofBody(['total']),
  totalamount: ofBody(['total']),
  projectedamount: ofBody(['projectedtotal']),
  foreignprojectedamount: bodyField(['projectedtotal'], 'currency'),
  taxtotal: ofBody(['taxtotal']),
  shippingamount: ofBody(['shippingcost']),
  discountamount: ofBody(['discounttotal']),
  amountpaid: ofBody(['amountpaid']),
  amountremaining: ofBody(['amountremaining', 'unapplied']),
  fxamountpaid: bodyField(['amountpaid'], 'currency'),
  fxamountremaining: bodyField(['amountremaining'], 'currency'),
  item: lineField(['item'], 'select', 'item'),
  rate: lineField(['rate'], 'currency'),
  fxrate: lineField(['rate'], 'currency'),
  line: (context) =>
    computed(
      perRow(
        context,
        (line) =>
          `CASE WHEN ${isSettled(line)} THEN ${line}.seq + 1 ELSE COALESCE(${own(line, 'line')}, ${line}.seq + 1) END`,
        () => '0',
      ),
      'integer',
    ),
  linesequencenumber: (context) =>
    computed(
      perRow(
        context,
        (line) => `${line}.seq + 1`,
        () => '0',
      ),
      'integer',
    ),
  lineuniquekey: lineField(['lineuniquekey'], 'integer'),
  unit: lineField(['units'], 'select', 'unit'),
  pricelevel: lineField(['price'], 'select', 'pricelevel'),
  taxcode: lineField(['taxcode'], 'select', 'salestaxitem'),
  quantitybilled: (context) =>
    computed(
      perRow(
        context,
        (line) => `COALESCE(${own(line, 'quantitybilled')}, 0)`,
        () => 'NULL',
      ),
      'float',
    ),
  quantitycommitted: lineField(['quantitycommitted'], 'float'),
  ...COSTS,
  ...SHIPPED_OR_RECEIVED,
  ...GOODS,
  closed: lineField(['isclosed'], 'checkbox'),
  expenseaccount: lineField(['account'], 'select', 'account'),
  department: both('department', 'select', 'department'),
  class: both('class', 'select', 'classification'),
  subsidiary: ({ body, base }) =>
    named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'subsidiary', 'select', 'subsidiary'),
  ...flatSegments((field, target) => both(field, 'select', target)),
  subsidiarynohierarchy: (row) => withoutLevels(bodyField(['subsidiary'], 'select', 'subsidiary')(row), 'subsidiary'),
  currency: bodyField(['currency'], 'select', 'currency'),
  exchangerate: bodyField(['exchangerate'], 'float'),
  terms: bodyField(['terms'], 'select', 'term'),
  salesrep: bodyField(['salesrep'], 'select', 'employee'),
  opportunity: bodyField(['opportunity'], 'select', 'opportunity'),
  otherrefnum: ({ body, base }) =>
    named({ data: `${body}.data`, indexType: base.types[0] ?? null }, 'otherrefnum', 'text'),
  anylineitem: ({ body }) => ({
    ...computed(
      `(SELECT json_group_array(json_extract(i.data, '$.fields.item')) FROM line i WHERE i.type = ${body}.type AND i.id = ${body}.id AND i.sublist IN ('item', 'inventory'))`,
      'multi',
    ),
  }),
  itemtype: (context) => {
    const item = perRow(
      context,
      (line) => own(line, 'item'),
      () => 'NULL',
    );
    const lookup = (index: 0 | 1): string =>
      `(SELECT ${itemTypeCase('it.type', index)} FROM record it WHERE it.grp = 'item' AND it.id = CAST(${item} AS INTEGER))`;
    return computed(lookup(0), 'select', lookup(1));
  },
};

/** A search field of transactions; undefined when there is none. */
export function transactionField(context: TransactionContext, name: string): SearchField | undefined {
  // "The opportunity search type has no mainline filter" and answers one row each.
  if (context.base.id === 'opportunity' && name === 'mainline') return undefined;
  const make = NAMES[name];
  if (make) return make(context);
  const lineMeta = lineMetaOf(context, name);
  const { base, body, line } = context;
  const given = line === null ? own(body, name) : `COALESCE(${own(line, name)}, ${own(body, name)})`;
  const known = metaOf(context, name) ?? lineMeta;
  const uncomputed = uncomputedField(base, 'transaction', name, known, given, `${body}.id`);
  if (uncomputed) return uncomputed;
  if (lineMeta && (name.startsWith('custcol') || !metaOf(context, name))) {
    return rawField(
      perRow(
        context,
        (line) => own(line, name),
        () => 'NULL',
      ),
      formatOf(lineMeta.type),
      lineMeta.selectType,
    );
  }
  const meta = metaOf(context, name);
  if (meta && meta.type !== 'summary')
    return metaField({ data: `${context.body}.data`, indexType: context.base.types[0] ?? null }, meta);
  const [only = ''] = context.base.types.length === 1 ? context.base.types : [];
  const listed = listedField('transaction', name) ?? listedField(only, name);
  if (listed)
    return named({ data: `${context.body}.data`, indexType: null }, name, listed.format, targetOf('transaction', name));
  if (!context.acceptUnknown) return undefined;
  if (/^custcol\w+$/.test(name))
    return context.line === null ? computed('NULL', 'text') : unknownField(context.line, name, context.registry);
  return CUSTOM_FIELD.test(name) ? unknownField(context.body, name, context.registry) : undefined;
}

function lineMetaOf({ base, registry }: TransactionContext, name: string): FieldMeta | undefined {
  const types =
    base.group === undefined ? base.types : ['salesorder', 'invoice', 'purchaseorder', 'journalentry', ...base.types];
  for (const type of types) {
    for (const sublist of ['item', 'expense', 'line']) {
      const found = registry.type(type)?.sublists[sublist]?.fields[name];
      if (found) return found;
    }
  }
  return undefined;
}
