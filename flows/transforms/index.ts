import type { Transform } from '../types';
import { boolean, currencyCode, hsPrimaryId, multiSelect, multiSelectText, not, picklist, subsidiary } from './choices';
import { companyDomain, email, emailLocalPart, phone, url } from './contact-data';
import { country } from './country';
import { dateOnly, dateTime, dateTimeToDate } from './dates';
import { crmIdFromKey } from './keys';
import { absolute, inverseRate, money, percent, quantity, rate, wholeNumber } from './money';
import { digitsId, sfId18, sfRecordId } from './sf-id';
import { longText, plainText, text, truncate, upper } from './text';

/** The transforms flows name. A person's own are added beside them, under names of their own. */
export const TRANSFORMS: Readonly<Record<string, Transform>> = {
  absolute,
  boolean,
  companyDomain,
  country,
  crmIdFromKey,
  currencyCode,
  dateOnly,
  dateTime,
  dateTimeToDate,
  digitsId,
  email,
  emailLocalPart,
  hsPrimaryId,
  inverseRate,
  longText,
  money,
  multiSelect,
  multiSelectText,
  not,
  percent,
  phone,
  picklist,
  plainText,
  quantity,
  rate,
  sfId18,
  sfRecordId,
  subsidiary,
  text,
  truncate,
  upper,
  url,
  wholeNumber,
};
