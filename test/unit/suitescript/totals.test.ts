import fc from 'fast-check';
import { toUnits, totalDiffers } from 'SuiteScripts/suiterelay/upsert/compare-totals';
import { reserveFor } from 'SuiteScripts/suiterelay/upsert/reserve-units';
import type { ExpectedTotal } from '../../../contract/operation';

const expected = (amount: string, tolerance?: ExpectedTotal['tolerance']): ExpectedTotal => ({
  amount,
  of: 'net',
  whenDifferent: 'review',
  ...(tolerance === undefined ? {} : { tolerance }),
});

describe('P17 totals are compared as decimals, never as binary fractions', () => {
  test.each([
    ['0.1', '.1'],
    ['1234.50', '1234.5'],
    ['-0.00000001', '-.00000001'],
    ['999999999999999.99', '999999999999999.990000000001'],
  ])('%s is %s', (one, other) => expect(toUnits(one)).toBe(toUnits(other)));

  test.each(['', '-', '.', 'abc', '1e3', '1,5'])('"%s" is no decimal', (text) => expect(toUnits(text)).toBeNull());

  test.each([
    ['100.00', '100.02', 2, undefined, false],
    ['100.00', '100.021', 2, undefined, true],
    ['100.00', '99.99', 1, undefined, false],
    ['1000', '1001', 1, { percent: '0.1' }, false],
    ['1000', '1001.01', 1, { percent: '0.1' }, true],
    ['1000', '1005', 100, { percent: '0.1', perLine: '0.05' }, false],
    ['10', 'none', 1, undefined, true],
  ])('%s expected, %s made of %i lines: differs %#', (amount, actual, lines, tolerance, differs) =>
    expect(totalDiffers(expected(amount, tolerance), actual, lines)).toBe(differs),
  );

  test('any amount equals itself, and differs from one that is more than a cent away', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (cents) => {
        const text = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
        expect(totalDiffers(expected(text(cents)), text(cents), 1)).toBe(false);
        expect(totalDiffers(expected(text(cents)), text(cents + 1n), 1)).toBe(false);
        expect(totalDiffers(expected(text(cents)), text(cents + 2n), 1)).toBe(true);
      }),
    ));
});

test('units are kept for read-backs only where an operation asks for one, and by search for each thousand lines', () => {
  const lines = Array.from({ length: 700 }, (_, at) => ({ key: String(at), fields: {} }));
  const plain = [{ key: { externalId: 'A' }, sublists: { item: { lines } } }];
  const counted = [{ ...plain[0], expectedTotal: { amount: '1' } }];
  expect(reserveFor(plain, 'suiteql')).toBe(0);
  expect(reserveFor(counted, 'suiteql')).toBe(30);
  expect(reserveFor(counted, 'search')).toBe(30);
  expect(reserveFor([{ fields: { phone: { value: '1', verify: true } } }], 'suiteql')).toBe(30);
});
