import type { ModuleFactory } from '../types';
import { isObject, requireArguments, withPromise, wrongType, type Options } from './arguments';

/** N/currency (page section_4358551775). */
export const createCurrencyModule: ModuleFactory = (guest) => ({
  exchangeRate: withPromise((given: Options) => {
    const options = isObject(given) ? given : {};
    requireArguments('currency.exchangeRate', options, ['source', 'target']);
    const { date } = options;
    if (date !== undefined && date !== null && !(date instanceof Date && !Number.isNaN(date.getTime())))
      throw wrongType('date', 'Date');
    return guest.syscall<number>('currency.exchangeRate', {
      source: String(options.source),
      target: String(options.target),
      date: date instanceof Date ? date.toISOString() : null,
    });
  }),
});
