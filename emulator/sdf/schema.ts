import data from '../data/sdf-schema.json';

/** Rules for one element or attribute of an SDF object. */
export interface FieldRule {
  kind: 'bool' | 'number' | 'enum' | 'id' | 'text' | 'file' | 'ref' | 'struct';
  required?: boolean;
  attr?: boolean;
  /** May appear more than once. */
  list?: boolean;
  /** Several values joined by `|`. */
  multi?: boolean;
  maxlength?: number;
  min?: number;
  max?: number;
  enum?: string;
  /** Lists whose values are allowed besides references. */
  also?: string[];
  /** Object types a reference may name. */
  refs?: string[];
  struct?: number;
  regex?: string;
  ext?: string;
  default?: string;
  features?: string[];
  mandatoryWhen?: [field: string, values: string[]][];
}

export type StructRule = Record<string, FieldRule>;

export interface SdfSchema {
  types: Record<string, number>;
  structs: StructRule[];
  enums: Record<string, string[]>;
  /** Permission → levels it exists at; an empty list means all. */
  permissions: Record<string, string[]>;
}

export const schema = data as unknown as SdfSchema;

export const structOf = (objectType: string): StructRule | undefined => {
  const index = schema.types[objectType];
  return index === undefined ? undefined : schema.structs[index];
};
