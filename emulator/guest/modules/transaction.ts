import type { ModuleFactory } from '../types';
import { optionsOf, requireArguments, withPromise } from './arguments';
import { TRANSACTION_TYPES } from './transaction-types';

/** N/transaction (page section_4423918312). */
export const createTransactionModule: ModuleFactory = (guest) => ({
  Type: TRANSACTION_TYPES,
  void: withPromise((first: unknown, second?: unknown) => {
    const options = optionsOf(first ?? {}, ['type', 'id'], [second]);
    requireArguments('void', options, ['type', 'id']);
    return guest.syscall<number>('transaction.void', { type: String(options.type), id: String(options.id) });
  }),
});
