import type { Account, RecordData } from '../../kernel/types';
import { list, value, type SdfObject, type XmlNode } from '../types';

const TYPE = 'translationcollection';

/** A term's texts by locale (`de_DE`); under the empty name that of the collection's default language. */
export type Terms = Record<string, Record<string, string>>;

/** XML names languages `de-DE`, scripts `de_DE`. */
const localeOf = (language: string): string => language.trim().replace('-', '_');

/** Terms are found in any case: XML has them in small letters, XLIFF and scripts in capitals. */
export const termKey = (key: string): string => key.toLowerCase();

export const findCollection = (account: Account, scriptId: string): RecordData | undefined =>
  account.store.list(TYPE).find(({ fields }) => fields.scriptid === scriptId.toLowerCase());

export const termsOf = ({ fields }: RecordData): Terms => JSON.parse(String(fields.terms)) as Terms;

/** A Translation Collection (page section_1557770163). Terms keep what was imported for other languages. */
export function registerTranslations(account: Account, { root, scriptId }: SdfObject): void {
  const known = findCollection(account, scriptId);
  const before = known ? termsOf(known) : {};
  const terms: Terms = {};
  for (const node of list(root, 'strings', 'string')) {
    const key = termKey(node.attrs.scriptid ?? '');
    terms[key] = { ...before[key], '': value(node, 'defaulttranslation') ?? '' };
  }
  account.store.put({
    type: TYPE,
    id: known?.id ?? null,
    externalId: null,
    version: known?.version ?? 0,
    fields: {
      name: value(root, 'name') ?? scriptId,
      scriptid: scriptId.toLowerCase(),
      defaultlanguage: localeOf(value(root, 'defaultlanguage') ?? ''),
      terms: JSON.stringify(terms),
    },
    sublists: {},
    subrecords: {},
  });
}

/** An XLIFF file of the folder Translations: the terms of a group's collection in the file's target language (page section_1552071708). */
export function importTranslations(account: Account, root: XmlNode): void {
  for (const file of below(root, 'file')) {
    const locale = localeOf(file.attrs['target-language'] ?? '');
    for (const group of below(file, 'group')) {
      const name = Object.keys(group.attrs).find((attr) => /(^|:)collection$/.test(attr));
      const collection = name === undefined ? undefined : findCollection(account, group.attrs[name] ?? '');
      if (!collection || locale === '') continue;
      const terms = termsOf(collection);
      for (const unit of below(group, 'trans-unit')) {
        const term = terms[termKey(unit.attrs.id ?? '')];
        const target = value(unit, 'target');
        if (term && target !== undefined) term[locale] = target;
      }
      account.store.put({ ...collection, fields: { ...collection.fields, terms: JSON.stringify(terms) } });
    }
  }
}

const below = (node: XmlNode, tag: string): XmlNode[] =>
  node.children.flatMap((item) => (item.tag === tag ? [item] : below(item, tag)));
