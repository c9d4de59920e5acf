import { Gathering } from '../../../relay/store/sqlite/gathering';

test('writes of a long turn go when a millisecond has passed, those of callers that go on one after the other wait for its end', () => {
  const requests = new Gathering();
  expect([0, 0.35, 0.7, 1.05].map((at) => requests.goesNow(at === 0, at))).toEqual([false, false, false, true]);
  // The next begin anew.
  expect([1.4, 1.75, 2.1, 2.45].map((at) => requests.goesNow(at === 1.4, at))).toEqual([false, false, false, true]);

  const callers = new Gathering();
  const told = Array.from({ length: 500 }, (_, at) => callers.goesNow(at === 0, at * 0.01));
  expect(told).not.toContain(true);
});
