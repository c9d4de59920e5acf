/** One column that a match key is looked up in. */
export interface MatchColumn {
  field: string;
  /** SuiteQL that gives the compared form, from the column's expression. */
  compared: (column: string) => string;
  /** The same of a value that was read. */
  fold: (value: string) => string;
  /** How a search finds it: equal but for case, or as a part of the text. */
  operator: 'is' | 'contains';
}

export const foldText = (text: string): string => text.trim().toLowerCase();

/** `acme.com` of `https://www.Acme.com/en` and of `info@acme.com`. */
export function domainOf(address: string): string {
  const text = foldText(address);
  const host = text.includes('@') ? text.slice(text.lastIndexOf('@') + 1) : text.replace(/^[a-z]+:\/\//, '');
  return (host.split(/[/?#:]/)[0] ?? '').replace(/^www\./, '');
}

const WEB_DOMAIN: MatchColumn = {
  field: 'url',
  compared: (column) => `REGEXP_REPLACE(LOWER(${column}), '^([a-z]+://)?(www[.])?([^/?#:]+).*$', '\\3')`,
  fold: domainOf,
  operator: 'contains',
};
const MAIL_DOMAIN: MatchColumn = {
  field: 'email',
  compared: (column) => `LOWER(SUBSTR(${column}, INSTR(${column}, '@') + 1))`,
  fold: domainOf,
  operator: 'contains',
};

/** The columns of a match key's field: its own, and for `domain` those of web address and e-mail. */
export function matchColumns(field: string): MatchColumn[] {
  if (field === 'domain') return [WEB_DOMAIN, MAIL_DOMAIN];
  return [{ field, compared: (column) => `LOWER(${column})`, fold: foldText, operator: 'is' }];
}
