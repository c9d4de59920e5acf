import type { TransformUse } from './flow-schema';

/** What is wrong with the rules of the transform `subsidiary`, in words; null when they can be used. */
export function subsidiaryRulesProblem(use: TransformUse | undefined): string | null {
  const found = (use === undefined ? [] : [use].flat()).find(
    (one) => typeof one !== 'string' && one.name === 'subsidiary',
  );
  if (found === undefined || typeof found === 'string') return null;
  const { rules } = found as { rules?: unknown };
  if (!Array.isArray(rules) || rules.length === 0)
    return 'subsidiary needs rules: a list of { countries: [DE, AT], when: { CurrencyIsoCode: EUR }, use: "Name" }, the first that fits decides';
  const bad = rules.findIndex((rule) => !isRule(rule));
  return bad < 0
    ? null
    : `rule ${bad + 1} of subsidiary must have use (the name of a subsidiary), and may have countries (a list of codes) and when (paths of the record with the values they must have)`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);

const isRule = (rule: unknown): boolean =>
  isObject(rule) &&
  isText(rule['use']) &&
  (rule['countries'] === undefined || isTexts(rule['countries'])) &&
  (rule['when'] === undefined ||
    (isObject(rule['when']) && Object.values(rule['when']).every((one) => isText(one) || isTexts(one)))) &&
  Object.keys(rule).every((name) => ['use', 'countries', 'when'].includes(name));
