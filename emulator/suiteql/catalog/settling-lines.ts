import { extract } from './column';
import { typeList } from './table';

/** Payments: beside the main line, where the money goes in or out, they have a line for each document they are applied to, against what is owed. */
export const SETTLING = ['customerpayment', 'vendorpayment', 'customerrefund'];

export const isSettled = (row: string): string => `${row}.sublist = 'apply'`;
/** Of the documents that a payment lists, the ticked ones are lines; a credit lists documents too, but has lines of its own. */
export const isShownLine = (row: string): string =>
  `(${row}.sublist <> 'apply' OR (${typeList(`${row}.type`, SETTLING)} AND ${extract(`${row}.data`, 'apply')} IN (1, 'T')))`;

/** Received money credits the receivables, money paid debits what was owed. */
export const settledSign = (type: string): string => `CASE ${type} WHEN 'customerpayment' THEN -1 ELSE 1 END`;
