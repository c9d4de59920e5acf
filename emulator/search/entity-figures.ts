import { CONSOLIDATED, CONSOLIDATED_FOREIGN } from './consolidated';
import type { SearchField } from './field-type';
import type { JoinPlan } from './joins';
import { CUSTOMER_FOREIGN, CUSTOMER_OPEN, VENDOR_FOREIGN, VENDOR_OPEN } from './open-figures';
import { CUSTOMER_OVERDUE } from './overdue-fields';

type Make = (alias: string) => SearchField;
type Indexes = NonNullable<JoinPlan['indexes']>;

/** What searches of customers call them: base currency, and with `fx` the customer's. */
export const CUSTOMER_FIGURES: Record<string, Make> = {
  ...CUSTOMER_OVERDUE,
  ...CUSTOMER_OPEN,
  ...CONSOLIDATED,
  fxbalance: CUSTOMER_FOREIGN.balance,
  fxunbilledorders: CUSTOMER_FOREIGN.unbilledorders,
  fxconsolbalance: CONSOLIDATED_FOREIGN.consolbalance,
  fxconsolunbilledorders: CONSOLIDATED_FOREIGN.consolunbilledorders,
};
export const VENDOR_FIGURES: Record<string, Make> = { ...VENDOR_OPEN, ...VENDOR_FOREIGN };

/** What a customer's record shows: the same amounts in its primary currency (pages section_N1398493, bridgehead_N1400109). */
export const CUSTOMER_SHOWN: Record<string, Make> = {
  ...CUSTOMER_FIGURES,
  ...CUSTOMER_FOREIGN,
  ...CONSOLIDATED_FOREIGN,
};

const OF_ENTITY: Indexes[number] = { type: 'transaction', field: 'entity' };
const OF_CUSTOMER: Indexes[number] = { type: 'transaction', field: 'customer' };
const RATES: Indexes[number] = { type: 'currencyrate', field: 'transactioncurrency' };
const PARENT: Indexes[number] = { type: 'customer', field: 'parent' };

const STAGES = new Set(['customer', 'lead', 'prospect']);

/** Indexes by which a figure of a customer or vendor finds the documents behind it, and the other customers of its hierarchy. */
export function indexesOfFigure(type: string, name: string): Indexes {
  if (type === 'vendor') return Object.hasOwn(VENDOR_FIGURES, name) ? [OF_ENTITY, RATES] : [];
  if (!STAGES.has(type) || !Object.hasOwn(CUSTOMER_FIGURES, name)) return [];
  const paid = name.endsWith('balance') && !name.includes('overdue') ? [OF_CUSTOMER] : [];
  return [OF_ENTITY, RATES, ...paid, ...(name.includes('consol') ? [PARENT] : [])];
}
