import { PROJECT_TASK, SUPPORT_CASE, TASK } from '../../search/activity-figures';
import { indexesOfFigure } from '../../search/entity-figures';
import type { SearchField } from '../../search/field-type';
import { CUSTOMER_OPEN, VENDOR_OPEN } from '../../search/open-figures';
import { CUSTOMER_OVERDUE } from '../../search/overdue-fields';
import type { ColumnSpec } from './record-table';

type Make = (alias: string) => SearchField;

const asColumns = (figures: Record<string, Make>, type: string, suffix = ''): Record<string, ColumnSpec> =>
  Object.fromEntries(
    Object.entries(figures).map(([name, make]) => [
      `${name}${suffix}`,
      { make: (row: string) => ({ ...make(row).value, reads: indexesOfFigure(type, name) }) },
    ]),
  );

/** Figures that an account works out, by the expressions that searches use. Customers have theirs under other names in queries: `balancesearch`. */
const { depositbalance: _notQueried, ...open } = CUSTOMER_OPEN;
export const CUSTOMER_FIGURES = asColumns({ ...CUSTOMER_OVERDUE, ...open }, 'customer', 'search');
export const VENDOR_FIGURES = asColumns(VENDOR_OPEN, 'vendor');
export const TASK_FIGURES = asColumns(TASK, 'task');
export const PROJECT_TASK_FIGURES = asColumns(PROJECT_TASK, 'projecttask');
export const CASE_FIGURES = asColumns(SUPPORT_CASE, 'supportcase');
