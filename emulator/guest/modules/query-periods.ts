import { unsupported } from '../errors';
import { isObject, readOnly, requireArguments, scriptError, wrongType, type Options } from './arguments';

const table = (text: string): Readonly<Record<string, string>> =>
  Object.freeze(
    Object.fromEntries(
      text
        .trim()
        .split(/\s+/)
        .map((entry) => {
          const [name = '', value = name] = entry.split('=');
          return [name, value];
        }),
    ),
  );

/** Page section_158289876878. */
export const periodCodes = (): Readonly<Record<string, string>> =>
  table(`
FIRST_FISCAL_QUARTER_LAST_FY=Q1LFY FIRST_FISCAL_QUARTER_THIS_FY=Q1TFY FISCAL_QUARTER_BEFORE_LAST=QBL FISCAL_YEAR_BEFORE_LAST=FYBL
FOURTH_FISCAL_QUARTER_LAST_FY=Q4LFY FOURTH_FISCAL_QUARTER_THIS_FY=Q4TFY LAST_FISCAL_QUARTER=LQ
LAST_FISCAL_QUARTER_ONE_FISCAL_YEAR_AGO=LQOLFY LAST_FISCAL_QUARTER_TO_PERIOD=LFQTP LAST_FISCAL_YEAR=LFY
LAST_FISCAL_YEAR_TO_PERIOD=LFYTP LAST_PERIOD=LP LAST_PERIOD_ONE_FISCAL_QUARTER_AGO=LPOLQ LAST_PERIOD_ONE_FISCAL_YEAR_AGO=LPOLFY
LAST_ROLLING_18_PERIODS=LR18FP LAST_ROLLING_6_FISCAL_QUARTERS=LR6FQ PERIOD_BEFORE_LAST=PBL SAME_FISCAL_QUARTER_LAST_FY=TQOLFY
SAME_FISCAL_QUARTER_LAST_FY_TO_PERIOD=TFQOLFYTP SAME_PERIOD_LAST_FY=TPOLFY SAME_PERIOD_LAST_FISCAL_QUARTER=TPOLQ
SECOND_FISCAL_QUARTER_LAST_FY=Q2LFY SECOND_FISCAL_QUARTER_THIS_FY=Q2TFY THIRD_FISCAL_QUARTER_LAST_FY=Q3LFY
THIRD_FISCAL_QUARTER_THIS_FY=Q3TFY THIS_FISCAL_QUARTER=TQ THIS_FISCAL_QUARTER_TO_PERIOD=TFQTP THIS_FISCAL_YEAR=TFY
THIS_FISCAL_YEAR_TO_PERIOD=TFYTP THIS_PERIOD=TP`);
export const periodTypes = (): Readonly<Record<string, string>> => table('START END');
export const periodAdjustments = (): Readonly<Record<string, string>> => table('ALL NOT_LAST');

const periods = new WeakSet();

/** Which dates a period means in a condition (its adjustment, the calendar), no page tells well enough to compare by. */
export function refusePeriod(value: unknown): void {
  if (isObject(value) && periods.has(value)) throw unsupported('A query.Period in a condition');
}

/** Page section_158289670344. */
export function createPeriod(options: Options): object {
  requireArguments('query.createPeriod', options ?? {}, ['code']);
  const { code, adjustment = 'NOT_LAST', type = 'START' } = options;
  const checked = (name: string, value: unknown, allowed: Readonly<Record<string, string>>, error: string): string => {
    if (typeof value !== 'string') throw wrongType(name, 'string');
    if (!Object.values(allowed).includes(value))
      throw scriptError(error, `The ${name} ${value} of a period is invalid.`);
    return value;
  };
  const data = {
    code: checked('code', code, periodCodes(), 'INVALID_PERIOD_CODE'),
    adjustment: checked('adjustment', adjustment, periodAdjustments(), 'INVALID_PERIOD_ADJUSTMENT'),
    type: checked('type', type, periodTypes(), 'INVALID_PERIOD_TYPE'),
  };
  const period = { toString: () => 'query.Period', toJSON: () => data };
  readOnly(period, 'Period', { code: () => data.code, adjustment: () => data.adjustment, type: () => data.type });
  periods.add(period);
  return period;
}
