import { fault, type FaultError } from '../kernel/types';

/** Every refusal of the record engine, in one place. Texts without a public capture are the platform's usual wording (docs/emulator.md lists them). */
export const invalidType = (type: string): FaultError =>
  fault('INVALID_RCRD_TYPE', `The record type [${type.toUpperCase()}] is invalid.`);

export const withoutCustomTransactions = (type: string): FaultError =>
  fault('EMULATOR_UNSUPPORTED', `The custom transaction ${type} is not available in this emulator.`);

export const noSuchRecord = (): FaultError => fault('RCRD_DSNT_EXIST', 'That record does not exist.');

/** Text of a real capture: "Record has been changed". */
export const changedMeanwhile = (): FaultError => fault('RCRD_HAS_BEEN_CHANGED', 'Record has been changed');

export const tooLong = (field: string, maximum: number): FaultError =>
  fault(
    'THE_FIELD_1_CONTAINED_MORE_THAN_THE_MAXIMUM_NUMBER__2__OF_CHARACTERS_ALLOWED',
    `The field ${field} contained more than the maximum number ( ${maximum} ) of characters allowed.`,
  );

export const userError = (message: string): FaultError => fault('USER_ERROR', message);

export const mandatory = (labels: string[]): FaultError => userError(`Please enter value(s) for: ${labels.join(', ')}`);

export const invalidReference = (field: string, value: string, context = ''): FaultError =>
  fault('INVALID_KEY_OR_REF', `Invalid ${field} reference key ${value}${context}.`);

export const invalidValue = (field: string, value: unknown): FaultError =>
  fault(
    'INVALID_FLD_VALUE',
    `You have entered an Invalid Field Value ${String(value)} for the following field: ${field}`,
  );

export const invalidSource = (toType: string, id: string): FaultError =>
  fault('INVALID_INITIALIZE_REF', `You can not initialize ${toType}: invalid reference ${id}.`);

export const notSupported = (type: string, operation: string): FaultError =>
  fault('OPERATION_NOT_SUPPORTED', `The record type [${type}] does not support ${operation} operations in scripts.`);

export const dependentRecords = (): FaultError =>
  fault(
    'THIS_RECORD_CANNOT_BE_DELETED_BECAUSE_IT_HAS_DEPENDENT_RECORDS',
    'This record cannot be deleted because it has dependent records.',
  );
