import { PendingCalls } from '../../../relay/store/sqlite/pending-calls';

test('each call that waits is answered once, though numbers are given again', () => {
  const calls = new PendingCalls();
  const told: string[] = [];
  const call = (name: string) => ({
    args: name,
    resolve: () => told.push(name),
    reject: (error: Error) => told.push(`${name}: ${error.message}`),
  });
  const first = calls.add(call('first'));
  const second = calls.add(call('second'));
  calls.remove(first)?.resolve(undefined as never);
  expect(calls.remove(first)).toBeNull();
  const third = calls.add(call('third'));
  expect(third).toBe(first);
  expect([calls.argsOf(second), calls.argsOf(third), calls.argsOf(99)]).toEqual(['second', 'third', undefined]);
  calls.rejectAll(new Error('closed'));
  calls.rejectAll(new Error('again'));
  expect(told).toEqual(['first', 'third: closed', 'second: closed']);
});
