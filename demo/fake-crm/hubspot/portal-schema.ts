import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface PropertySchema {
  name: string;
  label: string;
  groupName: string;
  type: string;
  fieldType: string;
  description: string;
  hasUniqueValue: boolean;
  options: { label: string; value: string }[];
  readOnly: boolean;
}

/** The standard properties integrations touch: `name:type`, `=` for those HubSpot writes itself. */
const STANDARD: Readonly<Record<string, string>> = {
  companies:
    'name:string domain:string website:string phone:string address:string address2:string city:string state:string zip:string country:string hs_country_code:string hs_state_code:string description:string industry:string type:string hubspot_owner_id:string lifecyclestage:string numberofemployees:number annualrevenue:number',
  contacts:
    'email:string firstname:string lastname:string salutation:string jobtitle:string phone:string mobilephone:string address:string city:string state:string zip:string country:string hs_country_region_code:string hs_state_code:string hubspot_owner_id:string lifecyclestage:string company:string',
  deals:
    'dealname:string amount:number closedate:datetime dealstage:string pipeline:string deal_currency_code:string hubspot_owner_id:string description:string hs_is_closed_won:bool= hs_is_closed:bool=',
  products:
    'name:string hs_sku:string description:string price:number hs_product_type:string hs_price_eur:number hs_price_usd:number hs_price_gbp:number',
  line_items:
    'name:string hs_sku:string hs_product_id:string quantity:number price:number hs_discount_percentage:number discount:number amount:number= hs_position_on_quote:number hs_line_item_currency_code:string description:string',
  tickets: 'subject:string content:string hs_pipeline:string hs_pipeline_stage:string hs_ticket_priority:string',
  orders:
    'hs_order_name:string hs_external_order_id:string hs_external_order_status:string hs_currency_code:string hs_subtotal_price:number hs_total_price:number hs_external_created_date:datetime hs_shipping_tracking_number:string hs_fulfillment_status:string hs_pipeline:string hs_pipeline_stage:string hubspot_owner_id:string',
  quotes:
    'hs_title:string hs_expiration_date:date hs_status:string hs_quote_number:string hs_currency:string hs_quote_amount:number= hubspot_owner_id:string',
  notes: 'hs_note_body:string hs_timestamp:datetime hs_attachment_ids:string hubspot_owner_id:string',
  invoices: 'hs_number:string hs_invoice_date:date hs_due_date:date hs_currency:string hs_invoice_status:string',
};

/** Values of one of these stand in a portal only once. */
const UNIQUE = new Set(['contacts.email', 'products.hs_sku', 'orders.hs_external_order_id']);
const SYSTEM =
  'hs_object_id:number= createdate:datetime= hs_createdate:datetime= hs_lastmodifieddate:datetime= lastmodifieddate:datetime=';

export const TYPE_IDS: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-7': 'products',
  '0-8': 'line_items',
  '0-14': 'quotes',
  '0-46': 'notes',
  '0-53': 'invoices',
  '0-123': 'orders',
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  product: 'products',
  line_item: 'line_items',
  quote: 'quotes',
  note: 'notes',
  order: 'orders',
};

const property = (name: string, more: Partial<PropertySchema> = {}): PropertySchema => ({
  name,
  label: name,
  groupName: 'companyinformation',
  type: 'string',
  fieldType: 'text',
  description: '',
  hasUniqueValue: false,
  options: [],
  readOnly: false,
  ...more,
});

/** What a portal has with the properties of crm/hubspot installed. */
export class PortalSchema {
  readonly #objects = new Map<string, Map<string, PropertySchema>>();
  readonly #groups = new Map<string, Set<string>>();

  constructor(packageFolder: string | null) {
    for (const [object, texts] of Object.entries(STANDARD)) {
      for (const text of `${texts} ${SYSTEM}`.split(' ')) {
        const [, name = '', type = '', mark] = /^(\w+):(\w+)(=?)$/.exec(text) ?? [];
        const hasUniqueValue = UNIQUE.has(`${object}.${name}`);
        this.define(object, property(name, { type, readOnly: mark === '=', hasUniqueValue }));
      }
    }
    if (packageFolder === null || !existsSync(packageFolder)) return;
    for (const file of readdirSync(packageFolder)) {
      const { inputs } = JSON.parse(readFileSync(path.join(packageFolder, file), 'utf8')) as {
        inputs: (Partial<PropertySchema> & { name: string })[];
      };
      for (const one of inputs) this.define(path.basename(file, '.json'), property(one.name, one));
    }
  }

  has(object: string): boolean {
    return this.#objects.has(object);
  }

  get(object: string, name: string): PropertySchema | undefined {
    return this.#objects.get(object)?.get(name);
  }

  all(object: string): PropertySchema[] {
    return [...(this.#objects.get(object)?.values() ?? [])];
  }

  define(object: string, made: PropertySchema): void {
    const known = this.#objects.get(object) ?? new Map<string, PropertySchema>();
    known.set(made.name, made);
    this.#objects.set(object, known);
  }

  /** Groups that properties stand in: those of its properties, and those made for new ones. */
  groups(object: string): string[] {
    const used = this.all(object).map(({ groupName }) => groupName);
    return [...new Set([...used, ...(this.#groups.get(object) ?? [])])];
  }

  /** False where the group is there already. */
  addGroup(object: string, name: string): boolean {
    if (this.groups(object).includes(name)) return false;
    this.#groups.set(object, new Set([...(this.#groups.get(object) ?? []), name]));
    return true;
  }

  /** Forgets a property, as an administrator who deletes it. */
  drop(object: string, name: string): void {
    this.#objects.get(object)?.delete(name);
  }

  /** Properties a record of the sample brings along. */
  learn(object: string, names: readonly string[]): void {
    for (const name of names) if (!this.get(object, name)) this.define(object, property(name));
  }

  create(object: string, given: Partial<PropertySchema> & { name: string }): PropertySchema | null {
    if (this.get(object, given.name)) return null;
    const made = property(given.name, given);
    this.define(object, made);
    return made;
  }
}

const VALUE_CODES: Readonly<Record<string, string>> = {
  number: 'INVALID_INTEGER',
  date: 'INVALID_DATE',
  datetime: 'INVALID_DATE',
  bool: 'INVALID_BOOLEAN',
  enumeration: 'INVALID_OPTION',
};

/** Several values of check boxes stand in one text. */
const chosen = ({ fieldType }: PropertySchema, value: string): string[] =>
  fieldType === 'checkbox' ? value.split(';').filter((one) => one !== '') : [value];

const offers = ({ options }: PropertySchema, value: string): boolean => options.some((one) => one.value === value);

/** Why HubSpot refuses a value of a property; null when it takes it. */
export function refuseValue(known: PropertySchema | undefined, name: string, value: string): string | null {
  if (!known) return `PROPERTY_DOESNT_EXIST: Property "${name}" does not exist`;
  if (known.readOnly) return `READ_ONLY_VALUE: "${name}" is a read only property; its value cannot be set.`;
  if (value === '') return null;
  const wrong =
    known.type === 'number'
      ? !Number.isFinite(Number(value))
      : known.type === 'date' || known.type === 'datetime'
        ? !/^\d+$/.test(value) && Number.isNaN(Date.parse(value))
        : known.type === 'bool'
          ? !['true', 'false'].includes(value)
          : known.type === 'enumeration' && !chosen(known, value).every((one) => offers(known, one));
  return wrong ? `${VALUE_CODES[known.type] ?? 'INVALID'}: ${value} was not a valid ${known.type} for "${name}"` : null;
}
