import { type FaultError, fault } from '../kernel/types';

/** Errors of searches; the three wordings with a field name are public captures. */
export const invalidColumn = (name: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_COL',
    `An nlobjSearchColumn contains an invalid column, or is not in proper syntax: ${name}.`,
  );
export const invalidColumnJoin = (name: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_COL_JOIN',
    `An nlobjSearchColumn contains an invalid column join ID, or is not in proper syntax: ${name}.`,
  );
export const invalidFilter = (name: string): FaultError =>
  fault('SSS_INVALID_SRCH_FILTER', `An nlobjSearchFilter contains invalid search criteria: ${name}.`);
export const invalidFilterJoin = (name: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_FILTER_JOIN',
    `An nlobjSearchFilter contains an invalid join ID, or is not in proper syntax: ${name}.`,
  );
export const invalidOperator = (name: string, operator: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_OPERATOR',
    `An nlobjSearchFilter contains an invalid operator, or is not in proper syntax: ${name}. Operator ${operator} does not fit the field's type.`,
  );
export const invalidFilterValue = (name: string, value: string, expected: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_FILTER_VAL',
    `An nlobjSearchFilter contains an invalid filter value, or is not in proper syntax: ${name}: ${value} is not ${expected}.`,
  );
export const invalidSummary = (name: string): FaultError =>
  fault(
    'SSS_INVALID_SRCH_COLUMN_SUM',
    `A search column contains an invalid summary type, or has none beside columns that have one: ${name}.`,
  );
export const invalidType = (type: string): FaultError =>
  fault('INVALID_RCRD_TYPE', `The record type [${type.toUpperCase()}] is invalid.`);
export const invalidSearch = (id: string): FaultError =>
  fault('INVALID_SEARCH', `That search or mass update does not exist. (${id})`);
export const unsupportedSearch = (what: string): FaultError =>
  fault('EMULATOR_UNSUPPORTED', `${what} is not available in searches of this emulator.`);
