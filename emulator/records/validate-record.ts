import { validatePeriod } from './posting';
import { validateAddresses } from './validate-addresses';
import { validateApplied } from './validate-applied';
import { validateFolder } from './validate-folder';
import { validateLengths } from './validate-lengths';
import { validateLines } from './validate-lines';
import { validateMandatory } from './validate-mandatory';
import { validateNames } from './validate-names';
import { validateOverage } from './validate-overage';
import { validateReferences } from './validate-references';
import type { Validation } from './validation';

/** Refusals of a save, in the order in which a form would raise them. */
export function validateRecord(validation: Validation): void {
  validateLengths(validation);
  validateMandatory(validation);
  validateReferences(validation);
  validateAddresses(validation);
  validateLines(validation);
  validateOverage(validation);
  validateApplied(validation);
  validatePeriod(validation);
  validateNames(validation);
  validateFolder(validation);
}
