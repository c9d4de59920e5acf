import { TransformError } from '../transform-error';
import type { Transform } from '../types';

/** Digits with the marks people read by; an extension stays as ` x123`. Anything else is dropped. */
export const phone: Transform = (value) => {
  const raw = String(value).normalize('NFKC').trim();
  const split = /^(.*?)(?:\s*(?:ext\.?|extension|x|durchwahl)\s*[:.]?\s*(\d+))?$/i.exec(raw);
  const number = (split?.[1] ?? raw)
    .replace(/[^\d+()\-./ ]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/\d/.test(number)) return null;
  return split?.[2] ? `${number} x${split[2]}` : number;
};

/** Local part as written, domain in lower case. */
export const email: Transform = (value) => {
  const text = String(value).trim();
  const match = /^([^\s@<>(),;:"]+)@((?:[^\s@.<>(),;:"]+\.)+[^\s@.<>(),;:"]{2,})$/u.exec(text);
  if (match && text.length <= 254) return `${match[1]!}@${match[2]!.toLowerCase()}`;
  throw new TransformError('INVALID_VALUE', `${JSON.stringify(value)} is no e-mail address.`, 'Correct it in the CRM.');
};

export const url: Transform = (value) => {
  const text = String(value).trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const parsed = new URL(whole);
    if (['http:', 'https:'].includes(parsed.protocol) && parsed.hostname.includes('.')) return whole;
  } catch {
    // Falls through to the one error below.
  }
  throw new TransformError('INVALID_VALUE', `${JSON.stringify(value)} is no web address.`, 'Correct it in the CRM.');
};

/** Mailbox providers: two people there have nothing in common. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com yahoo.com yahoo.de yahoo.co.uk ymail.com hotmail.com hotmail.de outlook.com outlook.de live.com msn.com ' +
    'icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.com web.de t-online.de freenet.de mail.com mail.ru yandex.ru ' +
    'proton.me protonmail.com zoho.com qq.com 163.com 126.com orange.fr free.fr libero.it laposte.net'
  ).split(' '),
);

/** Domain of an e-mail or web address for matching; nothing for a provider of mailboxes. */
export const companyDomain: Transform = (value) => domainOf(String(value));

export function domainOf(address: string): string | null {
  const text = address.trim().toLowerCase();
  const host = text.includes('@')
    ? text.slice(text.lastIndexOf('@') + 1)
    : text.replace(/^[a-z]+:\/\//, '').split(/[/?#:]/)[0]!;
  const domain = host.replace(/^www\./, '');
  return domain.includes('.') && !FREE_MAIL.has(domain) ? domain : null;
}

/** `Maria` from `maria@example.com`, where a CRM has an address but no name. */
export const emailLocalPart: Transform = (value) => String(value).split('@')[0] ?? null;
