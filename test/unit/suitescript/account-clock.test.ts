import {
  accountClock,
  civilSince,
  civilUntil,
  toCivil,
  toUtc,
  type Zone,
} from 'SuiteScripts/suiterelay/reconcile/account-clock';

const HOUR_MS = 3_600_000;
/** A zone by what `Intl` knows of it. */
function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (atMs) => Math.floor(atMs / 1000) * 1000 - Date.parse(`${format.format(atMs).replace(' ', 'T')}Z`);
}
const clockAt = (now: string, timeZone: string, zones = [zoneOf(timeZone)]): ReturnType<typeof accountClock> => {
  const nowMs = Date.parse(now);
  return accountClock(new Date(nowMs - zoneOf(timeZone)(nowMs)).toISOString().slice(0, 19), nowMs, zones);
};

test('account time and UTC are told apart by the database’s own clock', () => {
  const clock = accountClock('2026-11-21T04:00:05', Date.parse('2026-11-21T12:00:07Z'), []);
  expect(clock.zone(clock.nowMs)).toBe(8 * HOUR_MS);
  expect(toUtc('2026-11-21T04:00:05', clock)).toBe('2026-11-21T12:00:05.000Z');
  expect(toCivil('2026-11-21T12:00:05Z', clock)).toBe('2026-11-21T04:00:05');
});

test('a zone counts only if it has the time of the database: of several the first, of none the distance of the present', () => {
  const zones = [zoneOf('Europe/Berlin'), () => NaN, zoneOf('America/Los_Angeles')];
  const summer = '2026-07-01T12:00:00Z';
  expect(toCivil(summer, clockAt('2026-12-01T00:00:00Z', 'Europe/Berlin', zones))).toBe('2026-07-01T14:00:00');
  expect(toCivil(summer, clockAt('2026-12-01T00:00:00Z', 'America/Los_Angeles', zones))).toBe('2026-07-01T05:00:00');
  expect(toCivil(summer, clockAt('2026-12-01T00:00:00Z', 'Asia/Kathmandu', zones))).toBe('2026-07-01T17:45:00');
});

test('a clock that is changed between the script’s look at it and the database’s is the same clock', () => {
  const nowMs = Date.parse('2027-03-14T09:59:59.990Z');
  const clock = accountClock('2027-03-14T03:00:00', nowMs, [zoneOf('America/Los_Angeles')]);
  expect(toUtc('2027-03-14T01:59:00', clock)).toBe('2027-03-14T09:59:00.000Z');
});

test.each([
  ['America/Los_Angeles', '2026-11-01T09:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00Z'],
  ['America/Los_Angeles', '2027-03-14T10:00:00Z'],
  ['Europe/Berlin', '2027-03-28T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Pacific/Auckland', '2027-04-03T14:00:00Z'],
])(
  'around the change of %s at %s a window holds what changed in it, and each time is read as what it was or could be',
  (timeZone, changed) => {
    const changeMs = Date.parse(changed);
    const moments = Array.from({ length: 73 }, (_, index) => changeMs + (index - 36) * 5 * 60_000);
    const iso = (ms: number): string => new Date(ms).toISOString();
    for (const nowMs of [changeMs - 60_000, changeMs + 60_000, changeMs + 30 * HOUR_MS]) {
      const clock = clockAt(iso(nowMs), timeZone);
      const lost = moments.filter((ms) => {
        const civil = toCivil(iso(ms), clock);
        return (
          moments.some((since) => since <= ms && civilSince(iso(since), clock) > civil) ||
          moments.some((until) => until > ms && civilUntil(iso(until), clock) <= civil)
        );
      });
      expect(lost.map(iso)).toEqual([]);
      const past = moments.filter((ms) => ms <= nowMs);
      const misread = past.filter((ms) => {
        const civil = toCivil(iso(ms), clock);
        const read = Date.parse(toUtc(civil, clock));
        return toCivil(iso(read), clock) !== civil || read < ms || (read > ms && read > nowMs + 60_000);
      });
      expect(misread.map(iso)).toEqual([]);
      expect(past.filter((ms) => toUtc(toCivil(iso(ms), clock), clock, iso(ms + 2_000)) !== iso(ms))).toEqual([]);
    }
  },
);
