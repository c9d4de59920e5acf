import { TransformError } from '../transform-error';
import type { Transform } from '../types';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that carry the upper and lower case of the first fifteen. */
export function sfChecksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let at = 0; at < 5; at += 1) {
      const character = id15[block * 5 + at]!;
      if (character >= 'A' && character <= 'Z') bits += 2 ** at;
    }
    suffix += ALPHABET[bits]!;
  }
  return suffix;
}

const invalid = (message: string, remedy: string): TransformError =>
  new TransformError('INVALID_CRM_ID', message, remedy);

/** Any Salesforce id as 18 characters; one whose checksum does not fit has lost its case on the way and is refused. */
export function toSfId18(value: unknown): string {
  const id = typeof value === 'string' ? value.trim() : '';
  if (/^[a-zA-Z0-9]{15}$/.test(id)) return id + sfChecksum(id);
  if (!/^[a-zA-Z0-9]{18}$/.test(id)) {
    throw invalid(
      `${JSON.stringify(value)} is no Salesforce id.`,
      'Send the 18-character id as the REST API gives it.',
    );
  }
  if (sfChecksum(id.slice(0, 15)) !== id.slice(15).toUpperCase()) {
    throw invalid(
      `The checksum of the Salesforce id ${id} does not fit: a letter or its case was changed on the way.`,
      'Send the 18-character id unchanged; spreadsheets and formulas often change its case.',
    );
  }
  return id.slice(0, 15) + id.slice(15).toUpperCase();
}

export const sfId18: Transform = (value) => toSfId18(value);

/**
 * The identity of a record, always of 18 characters: the first fifteen are told apart by case alone, NetSuite's external ids are not
 * (Oracle page section_N3532463). Fifteen are completed; whether their case survived the way here can't be checked, so one that lost it
 * names a record nobody has, never another customer.
 */
export const sfRecordId: Transform = (value) => toSfId18(value);

export const digitsId: Transform = (value) => {
  const id = String(value).trim();
  if (/^\d{1,20}$/.test(id)) return id;
  throw invalid(
    `${JSON.stringify(value)} is no record id: digits expected.`,
    'Send the object id as the API gives it.',
  );
};
