import { nextOccurrence } from '../../../emulator/scripts/next-occurrence';
import type { Recurrence } from '../../../emulator/scripts/definitions';

const ZONE = 'America/Los_Angeles';
const daily: Recurrence = {
  kind: 'daily',
  startDate: '2026-01-01',
  startTime: '00:00',
  endDate: null,
  repeatMinutes: null,
  every: 1,
  weekdays: [],
  orderOfWeek: null,
  dayOfWeek: null,
};
const next = (change: Partial<Recurrence>, after: string, zone = ZONE): string | undefined => {
  const at = nextOccurrence({ ...daily, ...change }, Date.parse(after), zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('when a scheduled deployment runs (section_1509578930)', () => {
  it.each<[string, Partial<Recurrence>, string, string | undefined]>([
    ['daily at midnight of the account', {}, '2026-03-05T12:00:00Z', '2026-03-06T08:00:00.000Z'],
    ['every 15 minutes', { repeatMinutes: 15 }, '2026-03-05T12:00:00Z', '2026-03-05T12:15:00.000Z'],
    [
      'repeats end with the day and begin again at the start time',
      { startTime: '22:00', repeatMinutes: 60 },
      '2026-03-05T08:00:00Z',
      '2026-03-06T06:00:00.000Z',
    ],
    ['every third day', { every: 3 }, '2026-01-02T09:00:00Z', '2026-01-04T08:00:00.000Z'],
    ['weekdays', { kind: 'everyweekday' }, '2026-03-06T12:00:00Z', '2026-03-09T07:00:00.000Z'],
    [
      'weekly on Tuesday and Friday',
      { kind: 'weekly', weekdays: ['tuesday', 'friday'] },
      '2026-03-03T12:00:00Z',
      '2026-03-06T08:00:00.000Z',
    ],
    ['monthly', { kind: 'monthly', startDate: '2026-01-15' }, '2026-01-16T00:00:00Z', '2026-02-15T08:00:00.000Z'],
    [
      'last Friday of the month',
      { kind: 'monthlydayofweek', orderOfWeek: 'LAST', dayOfWeek: 'FRIDAY' },
      '2026-03-01T12:00:00Z',
      '2026-03-27T07:00:00.000Z',
    ],
    ['yearly', { kind: 'yearly', startDate: '2025-07-04' }, '2026-07-05T00:00:00Z', '2027-07-04T07:00:00.000Z'],
    ['once, in the past', { kind: 'single' }, '2026-03-05T12:00:00Z', undefined],
    ['not after its end', { endDate: '2026-02-01' }, '2026-03-05T12:00:00Z', undefined],
    ['not before its start', { startDate: '2026-06-01' }, '2026-03-05T12:00:00Z', '2026-06-01T07:00:00.000Z'],
  ])('%s', (_title, change, after, expected) => {
    expect(next(change, after)).toBe(expected);
  });

  it('follows the change to summer time', () => {
    expect(next({ startTime: '09:00' }, '2026-03-07T18:00:00Z')).toBe('2026-03-08T16:00:00.000Z');
    expect(next({ startTime: '09:00' }, '2026-03-07T10:00:00Z', 'Europe/Berlin')).toBe('2026-03-08T08:00:00.000Z');
  });
});
