import { type FaultError, fault } from '../../kernel/types';

/**
 * Every refusal of SuiteQL in one place. Names and the two "was not found" wordings are public captures of N/query errors
 * (`SSS_SEARCH_ERROR_OCCURRED`, "Search error occurred: Field 'x' for record 'y' was not found. Reason: NOT_EXPOSED");
 * the rest is worded here, after the same pattern, and names the offending text.
 */
export const SEARCH_ERROR = 'SSS_SEARCH_ERROR_OCCURRED';

const searchError = (text: string): FaultError => fault(SEARCH_ERROR, `Search error occurred: ${text}`);

export const syntaxError = (detail: string): FaultError => searchError(`Failed to parse SQL: ${detail}`);
export const unsupported = (what: string): FaultError => searchError(`Invalid or unsupported search: ${what}`);
export const tableNotFound = (name: string): FaultError => searchError(`Record '${name}' was not found.`);
export const fieldNotFound = (field: string, record: string, reason?: string): FaultError =>
  searchError(
    `Field '${field}' for record '${record}' was not found.${reason === undefined ? '' : ` Reason: ${reason}`}`,
  );
export const unknownIdentifier = (name: string): FaultError => searchError(`Unknown identifier '${name}'.`);
export const invalidValue = (detail: string): FaultError => searchError(`Invalid or unsupported search: ${detail}`);
export const listTooLong = (count: number): FaultError =>
  searchError(`Invalid or unsupported search: an IN list holds at most 1000 expressions, this one has ${count}.`);
