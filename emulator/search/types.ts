/** A search as it travels from a script, is saved, or is handed to Map/Reduce. */
export interface SearchDefinition {
  type: string;
  filters: FilterNode | null;
  columns: ColumnDefinition[];
  settings?: { name: string; value: string }[];
  title?: string;
  id?: string;
  isPublic?: boolean;
}

export type FilterNode = { and: FilterNode[] } | { or: FilterNode[] } | { not: FilterNode } | FilterTerm;

export type FilterValue = string | number | boolean | null | { date: string };

export interface FilterTerm {
  name: string;
  join?: string;
  operator: string;
  values: FilterValue[];
  formula?: string;
  summary?: string;
}

export interface ColumnDefinition {
  name: string;
  join?: string;
  summary?: string;
  formula?: string;
  label?: string;
  function?: string;
  sort?: string;
  /** For MIN and MAX: the field whose least or greatest value names the row that the value is taken from. */
  whenorderedby?: string;
  whenorderedbyjoin?: string;
}

/** How a value is written for a script. */
export type Format =
  'text' | 'select' | 'multi' | 'checkbox' | 'date' | 'datetime' | 'currency' | 'float' | 'integer' | 'percent';

/** One row as scripts get it: the record and the cells, value and text. */
export interface SearchRow {
  id: string | null;
  recordType: string | null;
  values: CellValue[];
}
/** `texts`: of a multiple select one for each value, because a name may hold a comma. */
export type CellValue = [value: string | boolean, text: string | null, texts?: string[]];

export interface SearchResultSet {
  columns: (ColumnDefinition & { format: Format })[];
  rows: SearchRow[];
}
