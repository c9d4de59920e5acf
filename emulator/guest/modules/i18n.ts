import { missingArgument, unsupported } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, invalidTypeArgument, isObject, readOnly, scriptError, type Options } from './arguments';
import { refuseProperty } from './refused';
import type * as Spelling from './spell-number';

/** Evaluated by the scripts that spell numbers only. */
declare const require: (path: string) => unknown;
const spelling = (): typeof Spelling => require('./spell-number') as typeof Spelling;

interface NumberStyle {
  groupSeparator: string;
  decimalSeparator: string;
  precision: number;
  negativeNumberFormat: string;
}

/** N/format/i18n (page section_1543861741). Numbers, currencies and words; phone numbers throw by name. */
export const createI18nModule: ModuleFactory = (guest) => {
  const refuse = (name: string) => () => {
    throw unsupported(`format/i18n.${name}`);
  };
  const module = {
    Currency: enumOf('USD', 'EUR', 'GBP', 'CAD', 'JPY'),
    NegativeNumberFormat: enumOf('BRACKETS', 'MINUS'),
    PhoneNumberFormatType: enumOf('E164', 'INTERNATIONAL', 'NATIONAL', 'RFC3966'),
    getCurrencyFormatter: (options: Options) => currencyFormatter(guest, options),
    getNumberFormatter: (options: Options = {}) => numberFormatter(guest, styleOf(options)),
    getPhoneNumberFormatter: refuse('getPhoneNumberFormatter'),
    getPhoneNumberParser: refuse('getPhoneNumberParser'),
    spellOut(options: Options): string {
      const number = numberOf('format.spellOut', options);
      const { locale } = options;
      if (locale === undefined || locale === null || locale === '') throw missingArgument('format.spellOut', 'locale');
      if (typeof locale !== 'string') throw invalidTypeArgument('options.locale');
      return spelling().spellNumber(number, locale);
    },
  };
  refuseProperty(module, 'format/i18n', 'Country');
  return module;
};

function styleOf(options: Options): NumberStyle {
  const { groupSeparator = ',', decimalSeparator = '.', precision = 2, negativeNumberFormat = 'MINUS' } = options;
  if (typeof precision !== 'number') throw invalidTypeArgument('options.precision');
  for (const [name, value] of Object.entries({ groupSeparator, decimalSeparator, negativeNumberFormat }))
    if (typeof value !== 'string') throw invalidTypeArgument(`options.${name}`);
  return { groupSeparator, decimalSeparator, precision, negativeNumberFormat } as NumberStyle;
}

function numberOf(method: string, options: unknown): number {
  const value = isObject(options) ? options.number : undefined;
  if (value === undefined || value === null) throw missingArgument(method, 'number');
  if (typeof value !== 'number') throw invalidTypeArgument('options.number');
  return value;
}

function write(n: number, { groupSeparator, decimalSeparator, precision, negativeNumberFormat }: NumberStyle): string {
  const [whole = '0', fraction] = Math.abs(n).toFixed(precision).split('.');
  const text =
    whole.replace(/\B(?=(\d{3})+(?!\d))/g, groupSeparator) +
    (fraction === undefined ? '' : decimalSeparator + fraction);
  if (n >= 0) return text;
  return negativeNumberFormat === 'BRACKETS' ? `(${text})` : `-${text}`;
}

function numberFormatter(guest: Guest, style: NumberStyle): object {
  guest.syscall('i18n.charge', { api: 'i18n.getNumberFormatter' });
  const formatter = {
    format: (options: unknown) => {
      guest.syscall('i18n.charge', { api: 'i18n.format' });
      return write(numberOf('NumberFormatter.format', options), style);
    },
    toString: () => 'format.NumberFormatter',
  };
  readOnly(
    formatter,
    '',
    Object.fromEntries(
      Object.keys(style).map((name): [string, () => unknown] => [name, () => style[name as keyof NumberStyle]]),
    ),
  );
  return formatter;
}

function currencyFormatter(guest: Guest, options: Options): object {
  if (!isObject(options)) throw missingArgument('i18n.getCurrencyFormatter', 'options');
  if (options.currency && options.locale)
    throw scriptError('MUTUALLY_EXCLUSIVE_ARGUMENTS', 'The arguments currency and locale are mutually exclusive.');
  const { currency } = options;
  if (currency === undefined || currency === null || currency === '') {
    if (options.locale) throw unsupported('format/i18n.getCurrencyFormatter by locale');
    throw scriptError('NEITHER_ARGUMENT_DEFINED', 'Neither of the arguments currency and locale is defined.');
  }
  if (typeof currency !== 'string') throw invalidTypeArgument('options.currency');
  const { symbol, precision } = guest.syscall<{ symbol: string; precision: number }>('i18n.currency', { currency });
  const style: NumberStyle = { groupSeparator: ',', decimalSeparator: '.', precision, negativeNumberFormat: 'MINUS' };
  const formatter = {
    format: (given: unknown) => {
      guest.syscall('i18n.charge', { api: 'i18n.format' });
      const n = numberOf('CurrencyFormatter.format', given);
      return `${n < 0 ? '-' : ''}${symbol}${write(Math.abs(n), style)}`;
    },
    toString: () => 'format.CurrencyFormatter',
  };
  readOnly(formatter, '', {
    currency: () => currency,
    symbol: () => symbol,
    numberFormatter: () => numberFormatter(guest, style),
  });
  return formatter;
}
