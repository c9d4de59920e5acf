import { steadyClock } from '../../../../relay/store/sqlite/steady-clock';

const HOUR_MS = 3_600_000;
let wall = 0;
beforeEach(() => (wall = 1_000_000_000_000));
const pass = (ms: number) => (wall += ms);

test('a clock set back by an hour delays nothing: ten minutes later at least nine have passed', () => {
  const now = steadyClock(() => wall);
  const before = now();
  pass(-HOUR_MS);
  expect(now()).toBe(before);
  for (let at = 0; at < 600; at++) {
    const last = now();
    pass(1_000);
    expect(now()).toBeGreaterThan(last);
  }
  expect(now() - before).toBeGreaterThanOrEqual(540_000);
});

test('it agrees with the machine again after ten times what it was set back', () => {
  const now = steadyClock(() => wall);
  pass(-60_000);
  now();
  pass(599_000);
  expect(now() - wall).toBeGreaterThan(0);
  pass(2_000);
  expect(now()).toBe(wall);
});

test('a clock set forward is followed at once', () => {
  const now = steadyClock(() => wall);
  pass(HOUR_MS);
  expect(now()).toBe(wall);
});
