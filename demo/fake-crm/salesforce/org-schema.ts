import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { CHILDREN, STANDARD } from './standard-fields';

export interface FieldSchema {
  name: string;
  type: string;
  length: number;
  /** Must be given when a record is created. */
  required: boolean;
  /** Computed: no write may name it. */
  readOnly: boolean;
  externalId: boolean;
  unique: boolean;
  /** Object a lookup of the package leads to. */
  references?: string;
  /** Values of a restricted picklist. */
  values: readonly string[] | null;
}

export interface ObjectSchema {
  name: string;
  prefix: string;
  fields: Map<string, FieldSchema>;
}

const field = (name: string, more: Partial<FieldSchema> = {}): FieldSchema => ({
  name,
  type: 'string',
  length: 255,
  required: false,
  readOnly: false,
  externalId: false,
  unique: false,
  values: null,
  ...more,
});

function standardField(text: string): FieldSchema {
  const [, name = '', type = '', length, mark] = /^(\w+):(\w+)(?:\((\d+)\))?([!=]?)$/.exec(text) ?? [];
  return field(name, { type, length: Number(length ?? 0), required: mark === '!', readOnly: mark === '=' });
}

/** Names of metadata types as describe gives them. */
const TYPES: Readonly<Record<string, string>> = {
  Text: 'string',
  LongTextArea: 'textarea',
  TextArea: 'textarea',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Url: 'url',
  Email: 'email',
  Phone: 'phone',
  Picklist: 'picklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
};

const parser = new XMLParser({ parseTagValue: false });

interface FieldMetadata {
  fullName: string;
  type: string;
  length?: string;
  externalId?: string;
  unique?: string;
  required?: string;
  formula?: string;
  referenceTo?: string;
  valueSet?: { restricted?: string; valueSetDefinition?: { value?: { fullName: string } | { fullName: string }[] } };
}

function packageField(file: string): FieldSchema {
  const { CustomField: xml } = parser.parse(readFileSync(file, 'utf8')) as { CustomField: FieldMetadata };
  const values = xml.valueSet?.valueSetDefinition?.value;
  return field(xml.fullName, {
    type: TYPES[xml.type] ?? 'string',
    length: Number(xml.length ?? (xml.type === 'TextArea' || xml.type === 'Url' ? 255 : 0)),
    required: xml.required === 'true' || xml.type === 'MasterDetail',
    readOnly: xml.formula !== undefined,
    externalId: xml.externalId === 'true',
    unique: xml.unique === 'true',
    ...(xml.referenceTo === undefined ? {} : { references: xml.referenceTo }),
    values: xml.valueSet?.restricted === 'true' ? [values ?? []].flat().map(({ fullName }) => fullName) : null,
  });
}

/** What an org has with the package of this repository (crm/salesforce) deployed to it. */
export class OrgSchema {
  readonly #objects = new Map<string, ObjectSchema>();

  constructor(packageFolder: string | null) {
    for (const [name, { prefix, fields }] of Object.entries(STANDARD)) {
      const list = fields.split(' ').map(standardField);
      this.#objects.set(name, { name, prefix, fields: new Map(list.map((one) => [one.name, one])) });
    }
    if (packageFolder !== null && existsSync(packageFolder)) this.#install(packageFolder);
  }

  get(object: string): ObjectSchema | undefined {
    return this.#objects.get(object);
  }

  all(): ObjectSchema[] {
    return [...this.#objects.values()];
  }

  /** Fields a record of the sample brings along, as an org with fields of its own has them. */
  learn(object: string, record: Readonly<Record<string, unknown>>): void {
    const known = this.#objects.get(object) ?? this.#add(object);
    for (const [name, value] of Object.entries(record)) {
      if (name === 'attributes' || known.fields.has(name) || (typeof value === 'object' && value !== null)) continue;
      known.fields.set(name, field(name, { type: typeof value === 'boolean' ? 'boolean' : 'string', length: 4000 }));
    }
  }

  #add(name: string): ObjectSchema {
    const list = (STANDARD['Pricebook2']?.fields ?? '').split(' ').slice(0, 7).map(standardField);
    const made = { name, prefix: `a0${this.#objects.size % 10}`, fields: new Map(list.map((one) => [one.name, one])) };
    this.#objects.set(name, made);
    return made;
  }

  #install(folder: string): void {
    for (const object of readdirSync(folder)) {
      const schema = this.#objects.get(object) ?? this.#add(object);
      if (object.endsWith('__c')) {
        schema.fields.set('Name', field('Name', { length: 80 }));
        // An org of several currencies, as its standard objects show: every record has one.
        schema.fields.set('CurrencyIsoCode', field('CurrencyIsoCode', { type: 'picklist', length: 3 }));
      }
      const fields = path.join(folder, object, 'fields');
      if (!existsSync(fields)) continue;
      for (const file of readdirSync(fields)) {
        const made = packageField(path.join(fields, file));
        schema.fields.set(made.name, made);
      }
    }
  }
}

/** Relationship by which the record that a reference names is reached: `Owner` for `OwnerId`, `Account__r` for `Account__c`. */
export const relationshipOf = ({ name, type }: FieldSchema): string | null =>
  type !== 'reference' ? null : name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');

/** The answer of a describe. */
export function describeObject({ name, prefix, fields }: ObjectSchema): object {
  return {
    name,
    label: name,
    keyPrefix: prefix,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    custom: name.endsWith('__c'),
    fields: [...fields.values()].map((one) => ({
      name: one.name,
      label: one.name,
      type: one.type,
      length: one.length,
      nillable: !one.required,
      createable: !one.readOnly,
      updateable: !one.readOnly,
      calculated: false,
      defaultedOnCreate: one.type === 'boolean',
      externalId: one.externalId,
      idLookup: one.externalId || one.name === 'Id',
      unique: one.unique,
      custom: one.name.endsWith('__c'),
      restrictedPicklist: one.values !== null,
      picklistValues: (one.values ?? []).map((value) => ({ value, label: value, active: true })),
      relationshipName: relationshipOf(one),
      referenceTo: [],
    })),
    childRelationships: (CHILDREN[name] ?? []).map(([relationshipName, childSObject, by]) => ({
      relationshipName,
      childSObject,
      field: by,
    })),
  };
}
