import { domainOf } from '../../flows';

/** By what two records are recognised as the same company. */
export interface Identity {
  name: string;
  email: string;
  /** Domain of the web site or of the e-mail address, empty for providers of free mail. */
  domain: string;
  /** Digits of the phone number without its country and trunk prefixes: the last eight. */
  phone: string;
}

/** Forms of companies say nothing about which one it is. */
const FORMS =
  /\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|llp|plc|gmbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|pty|kk)\b/g;

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

const PHONE_DIGITS = 8;

export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[łøđßæœı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[.']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(FORMS, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export function identityOf(values: { name?: unknown; email?: unknown; url?: unknown; phone?: unknown }): Identity {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const email = text(values.email).trim().toLowerCase();
  const digits = text(values.phone).replace(/\D/g, '');
  return {
    name: plainName(text(values.name)),
    email,
    domain: domainOf(text(values.url)) ?? domainOf(email) ?? '',
    phone: digits.length >= PHONE_DIGITS ? digits.slice(-PHONE_DIGITS) : '',
  };
}
