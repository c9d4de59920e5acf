import { type Param, suiteQl } from '../../../emulator/suiteql/engine';
import { createTestAccount, execution, seedTrade } from './account';

const account = createTestAccount();
seedTrade(account);
const one = (expression: string, params: Param[] = []): unknown =>
  suiteQl(account).run(execution, `SELECT ${expression} AS x FROM dual`, params, 10).rows[0]?.[0];
const refuses = (expression: string): string => {
  try {
    return `no error, but ${JSON.stringify(one(expression))}`;
  } catch (error) {
    return String(error);
  }
};

describe('SuiteQL functions answer as Oracle does (supported functions: section_158513731864)', () => {
  it.each<[string, unknown]>([
    ["NVL(NULL, 'x')", 'x'],
    ["NVL('', 'empty is null')", 'empty is null'],
    ["NVL2('a', 1, 2)", 1],
    ['COALESCE(NULL, NULL, 3)', 3],
    ['NULLIF(1, 1)', null],
    ["DECODE(NULL, NULL, 'same', 'other')", 'same'],
    ["DECODE('b', 'a', 1, 'b', 2, 3)", 2],
    ["CASE WHEN '' IS NULL THEN 'T' ELSE 'F' END", 'T'],
    ["CASE 3 WHEN 1 THEN 'one' WHEN 3 THEN 'three' END", 'three'],
    ["'a' || NULL || 'b'", 'ab'],
    ["1 || '-' || 0.5", '1-.5'],
    ['7 / 2', 3.5],
    ['0.1 + 0.2', 0.3],
    ["CASE WHEN 0.1 + 0.2 = 0.3 THEN 'equal' END", 'equal'],
    ['1234567.1 - 1234567', 0.1],
    ['1000.1 + 200.2 - 1200.3', 0],
    ['1.1 * 1.1 - 1.21', 0],
    ['CEIL(1.1 * 100)', 110],
    ['FLOOR(0.3 / 0.1)', 3],
    ['1 / 3 * 3', 1],
    ['MOD(5.3, 0.1)', 0],
    ['MOD(-5.3, 2)', -1.3],
    ['MOD(5, 0)', 5],
    ['MOD(11, 4)', 3],
    ['MOD(-11, 4)', -3],
    ['ROUND(2.345, 2)', 2.35],
    ['ROUND(-2.5)', -3],
    ['TRUNC(-2.789, 1)', -2.7],
    ['CEIL(1.2)', 2],
    ['FLOOR(-1.2)', -2],
    ['GREATEST(1, 3, 2)', 3],
    ["LEAST('b', 'a')", 'a'],
    ['POWER(2, 10)', 1024],
    ['SIGN(-3)', -1],
    ["SUBSTR('NetSuite', 4)", 'Suite'],
    ["SUBSTR('NetSuite', -5, 2)", 'Su'],
    ["SUBSTR('abc', 9)", null],
    ["INSTR('banana', 'a', 1, 2)", 4],
    ["INSTR('banana', 'a', -1)", 6],
    ["LENGTH('Zoë')", 3],
    ["UPPER('straße ä')", 'STRASSE Ä'],
    ["INITCAP('acme holding-group')", 'Acme Holding-Group'],
    ["LPAD('7', 3, '0')", '007'],
    ["RPAD('ab', 5, '.')", 'ab...'],
    ["TRIM('  x ')", 'x'],
    ["LTRIM('xxay', 'x')", 'ay'],
    ["TRIM(BOTH '-' FROM '--a--')", 'a'],
    ["REPLACE('a-b-c', '-', '')", 'abc'],
    ["TRANSLATE('2KRW229', '0123456789', '##########')", '#KRW###'],
    ["REGEXP_SUBSTR('SO-1001/2', '[0-9]+')", '1001'],
    ["REGEXP_REPLACE('a1b22', '[0-9]+', '#')", 'a#b#'],
    ["REGEXP_REPLACE('Lee, Ann', '(\\w+), (\\w+)', '\\2 \\1')", 'Ann Lee'],
    ["REGEXP_INSTR('abc123', '[[:digit:]]')", 4],
    ["CASE WHEN REGEXP_LIKE('Acme', '^a', 'i') THEN 1 ELSE 0 END", 1],
    ["TO_NUMBER('1,234.50', '9,999.99')", 1234.5],
    ["TO_CHAR(1234.5, 'FM9,999.00')", '1,234.50'],
    ["TO_CHAR(0.5, '0.99')", ' 0.50'],
    ["TO_CHAR(-12, 'FM999')", '-12'],
    ["TO_CHAR(12345, '999')", '####'],
    ['TO_CHAR(0.25)', '.25'],
    ["CAST('12.6' AS INTEGER)", 13],
    ["TO_CHAR(TO_DATE('2026-02-28', 'YYYY-MM-DD') + 1, 'YYYY-MM-DD')", '2026-03-01'],
    ["TO_DATE('2026-03-01', 'YYYY-MM-DD') - TO_DATE('2026-02-01', 'YYYY-MM-DD')", 28],
    ["TO_CHAR(ADD_MONTHS(TO_DATE('2026-01-31', 'YYYY-MM-DD'), 1), 'YYYY-MM-DD')", '2026-02-28'],
    ["TO_CHAR(ADD_MONTHS(TO_DATE('2026-02-28', 'YYYY-MM-DD'), 1), 'YYYY-MM-DD')", '2026-03-31'],
    ["MONTHS_BETWEEN(TO_DATE('2026-03-31', 'YYYY-MM-DD'), TO_DATE('2026-02-28', 'YYYY-MM-DD'))", 1],
    ["TO_CHAR(LAST_DAY(TO_DATE('2028-02-03', 'YYYY-MM-DD')), 'DD')", '29'],
    ["TO_CHAR(NEXT_DAY(TO_DATE('2026-11-21', 'YYYY-MM-DD'), 'MONDAY'), 'YYYY-MM-DD')", '2026-11-23'],
    ["TO_CHAR(TRUNC(TO_DATE('2026-11-21', 'YYYY-MM-DD'), 'MM'), 'YYYY-MM-DD')", '2026-11-01'],
    ["TO_CHAR(TRUNC(TO_DATE('2026-11-21', 'YYYY-MM-DD'), 'Q'), 'YYYY-MM-DD')", '2026-10-01'],
    ["TO_CHAR(TO_DATE('05/11/26 3:07 PM', 'DD/MM/RR HH:MI AM'), 'YYYY-MM-DD HH24:MI:SS')", '2026-11-05 15:07:00'],
    ["TO_CHAR(TO_DATE('2026-11-05', 'YYYY-MM-DD'), 'FMDay, DD Mon YYYY \"Q\"Q')", 'Thursday, 5 Nov 2026 Q4'],
    ["EXTRACT(YEAR FROM TO_DATE('2026-11-05', 'YYYY-MM-DD'))", 2026],
    ["TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI')", '2026-11-21 10:30'],
    ["TO_CHAR(BUILTIN.RELATIVE_RANGES('LM', 'START'), 'YYYY-MM-DD')", '2026-10-01'],
    ["TO_CHAR(BUILTIN.RELATIVE_RANGES('LM', 'END'), 'YYYY-MM-DD')", '2026-10-31'],
    ["TO_DATE('2026-11-05', 'YYYY-MM-DD')", '11/5/2026'],
    ["TO_DATE('20261105', 'YYYY-MM-DD')", '11/5/2026'],
    ["TO_DATE('2026/11.05', 'YYYY-MM-DD')", '11/5/2026'],
    ["TO_DATE('05-NOV-2026', 'DD-MM-YYYY')", '11/5/2026'],
    ["TO_DATE('2027', 'YYYY')", '11/1/2027'],
    ["TO_DATE('14', 'DD')", '11/14/2026'],
    ["TO_DATE('2028-060', 'YYYY-DDD')", '2/29/2028'],
    ["TO_DATE('2461350', 'J')", '11/5/2026'],
    ["TO_CHAR(TO_DATE('10:30', 'HH24:MI'), 'YYYY-MM-DD HH24:MI')", '2026-11-01 10:30'],
    ["TO_CHAR(TO_DATE('2026-11-05', 'YYYY-MM-DD HH24:MI:SS'), 'YYYY-MM-DD HH24:MI')", '2026-11-05 00:00'],
    ["TO_CHAR(TO_DATE('2026-11-05T10:30', 'YYYY-MM-DD\"T\"HH24:MI'), 'YYYY-MM-DD HH24:MI')", '2026-11-05 10:30'],
    ["TO_CHAR(TO_DATE('2026-11-05 3661', 'YYYY-MM-DD SSSSS'), 'HH24:MI:SS')", '01:01:01'],
    ["ROUND(TO_DATE('2026-11-15', 'YYYY-MM-DD'), 'Q')", '10/1/2026'],
    ["ROUND(TO_DATE('2026-11-16', 'YYYY-MM-DD'), 'Q')", '1/1/2027'],
    ["SUBSTR('abc', 1, NULL)", null],
    ["INSTR('abc', 'b', NULL)", null],
    ["LPAD('abc', 5, NULL)", null],
    ["TRIM(NULL FROM 'abc')", null],
    ['ROUND(5.5, NULL)', null],
    ["REPLACE('abc', NULL)", 'abc'],
    ["REGEXP_SUBSTR('a,b', '[^,]+', 1, 2, NULL)", 'b'],
    ["REGEXP_REPLACE('b', '(a)|(b)', '[\\1\\2]')", '[b]'],
    ["TO_CHAR(1.005, 'FM990.00')", '1.01'],
    ["TO_CHAR(8.575, '9.99')", ' 8.58'],
    ['CAST(2.345 AS NUMBER(10, 2))', 2.35],
    ['CAST(2.345 AS NUMBER)', 2.345],
    ['CAST(2.5 AS DECIMAL)', 3],
    ["CAST('abcdef' AS VARCHAR2(3 CHAR))", 'abc'],
    ["DECODE(5, 'x', 1, '5', 2)", 2],
    ["DECODE('05', 5, 'as numbers', 'not')", 'as numbers'],
  ])('%s', (expression, expected) => {
    expect(one(expression)).toEqual(expected);
  });

  it('binds text, numbers and booleans; an empty text is NULL', () => {
    expect(one('? || ?', ['a', 5])).toBe('a5');
    expect(one("CASE WHEN ? = 'T' THEN 1 ELSE 0 END", [true])).toBe(1);
    expect(one("NVL(?, 'none')", [''])).toBe('none');
    expect(one('? + 1', ['41'])).toBe(42);
  });

  it.each([
    ['1 / 0', /ORA-01476/],
    ["TO_NUMBER('abc')", /ORA-01722/],
    ["TO_DATE('2026-13-01', 'YYYY-MM-DD')", /ORA-01843/],
    ["TO_DATE('2026-02-30', 'YYYY-MM-DD')", /ORA-01847/],
    ["TO_DATE('2026-11', 'YYYY-MM-DD')", /ORA-01840/],
    ["TO_DATE('3', 'Q')", /ORA-01820/],
    ["TO_DATE('2026-11-05X10:30', 'YYYY-MM-DD\"T\"HH24:MI')", /ORA-01861/],
    ["TO_DATE('2026-366', 'YYYY-DDD')", /ORA-01848/],
    ["TO_DATE('5', 'X')", /ORA-01821/],
    ['CAST(123.4 AS NUMBER(2))', /ORA-01438/],
    ["DATE '2026-01-01'", /date literals/],
    ['NO_SUCH_FUNCTION(1)', /function NO_SUCH_FUNCTION/],
    ['SUBSTR(1)', /SUBSTR with 1 arguments/],
    ["'unclosed", /missing closing '/],
    ['(SELECT id FROM customer', /syntax error/],
  ])('refuses %s', (expression, message) => {
    expect(refuses(expression)).toMatch(message);
  });
});
