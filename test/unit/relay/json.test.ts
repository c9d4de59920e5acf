import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRecords } from '../../../relay/cli/read-records';
import { parseJsonBody } from '../../../relay/http/json-body';
import { ProblemError } from '../../../relay/http/problem';
import { keepsNumber } from '../../../relay/parse/judge-number';
import { parseKeepingNumbers } from '../../../relay/parse/parse-keeping-numbers';
import { readRetryAfter } from '../../../relay/parse/retry-after';

const parse = (text: string) => parseJsonBody(Buffer.from(text), { depth: 8 });
/** The places that a body is refused for. */
function refused(text: string): { pointer: string; code?: string | undefined }[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ProblemError)
      return (error.options.errors ?? []).map(({ pointer, code }) => ({ pointer, code }));
    throw error;
  }
  return [];
}
const inexact = (pointer: string) => ({ pointer, code: 'number_not_exact' });
const twice = (pointer: string) => ({ pointer, code: 'duplicate_name' });

describe('numbers of a body', () => {
  test.each(['9007199254740993', '-9007199254740992', '12345678901234567890', '1e400', '-1e400', '1e-400'])(
    '%s would be another number: refused with its place',
    (number) => {
      expect(refused(`{"a":[{"b":1,"c":"x"},{"b":${number}}]}`)).toEqual([inexact('#/a/1/b')]);
    },
  );

  test.each(['12345678901234567.89', '1234567890123456.78', '0.30000000000000004449', '9007199254740993.0'])(
    'the fraction %s, of more digits than a number holds, is refused',
    (number) => {
      expect(refused(number)).toEqual([inexact('#')]);
    },
  );

  test.each([
    ...['0', '-0', '0.10', '1234.50', '9007199254740991', '-9007199254740991', '1.0E7', '1e+300', '1.5e-300'],
    ...[
      '0.30000000000000004',
      '0.10000000000000001',
      '123456789012345.67',
      '1234.560000000000000000',
      '0.00000000000000000001',
    ],
    '0.1000000000000000055511151231257827021181583404541015625',
    `0.${'0'.repeat(400)}`,
  ])('%s is kept, and taken', (number) => {
    expect(parse(`{"a":${number}}`)).toEqual({ a: Number(number) });
  });

  test('every amount of up to 15 digits is taken, whatever it is', () => {
    for (let n = 0; n < 2_000; n += 1) {
      const digits = String(Math.floor(Math.random() * 1e15));
      const point = Math.floor(Math.random() * digits.length);
      const number = `${digits.slice(0, point) || '0'}.${digits.slice(point)}`;
      expect({ number, kept: keepsNumber(number) }).toEqual({ number, kept: true });
    }
  });

  test('long digits in a text are nobody’s number', () => {
    const text = '{"id":"12345678901234567890","n\\"1e400":"x 1e400","\\\\":[true,null,false,1.5]}';
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test('an answer of a CRM keeps them as the text that they were', () => {
    expect(parseKeepingNumbers('{"id":4876876000000333001,"n":12.5,"s":"4876876000000333001"}')).toEqual({
      id: '4876876000000333001',
      n: 12.5,
      s: '4876876000000333001',
    });
  });

  test('a file of records that holds one is not sent, and says where', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'srl-records-'));
    const file = path.join(folder, 'records.json');
    try {
      for (const [text, place] of [
        ['[{"Id":"1"},{"Id":9007199254740993}]', '1.Id is a number'],
        ['{"Id":"1"}\n{"Id":9007199254740993}', 'records.json:2: Id is a number'],
        ['[{"Id":"1","Id":"2"}]', '0.Id stands twice'],
      ] as const) {
        writeFileSync(file, text);
        expect(() => readRecords(file)).toThrow(place);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('members of a body', () => {
  test('one that stands twice in an object is refused with its place, however it is written', () => {
    expect(refused('{"a":{"b":1,"b":2},"c":[0,{"d":1,"\\u0064":1}]}')).toEqual([twice('#/a/b'), twice('#/c/1/d')]);
    expect(refused('{"a/b":1,"x":{"a/b":1},"a/b":{}}')).toEqual([twice('#/a~1b')]);
  });

  test('one of the same name in another object, or in a text, is no second one', () => {
    const text = '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1},"a\\":1,\\"a\\":2"],"":{"":1}}';
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test('a thousand faults are told as fifty', () => {
    expect(refused(`[${Array.from({ length: 1_000 }, () => '1e999').join(',')}]`)).toHaveLength(50);
  });
});

test('half of a surrogate pair, which UTF-8 can not hold, is refused with its place; a whole one is a character', () => {
  const place = { pointer: '#/a/0', code: 'invalid_text' };
  expect(refused('{"a":["\\ud83d"]}')).toEqual([place]);
  expect(refused('{"a":["x\\uDE00y"]}')).toEqual([place]);
  expect(parse('{"a":["\\ud83d\\ude00"]}')).toEqual({ a: ['😀'] });
});

test.each([
  ['120', 120_000],
  ['0.5', 500],
  ['Sun, 22 Nov 2026 00:02:00 GMT', 120_000],
  ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
  ['Sun, 22 Nov 2099 00:00:00 GMT', 86_400_000],
  ['99999999999', 86_400_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %s is understood as seconds or as a date, and stops calls for a day at most', (header, waitMs) => {
  expect(readRetryAfter(header, Date.parse('2026-11-22T00:00:00Z'))).toBe(waitMs);
});
