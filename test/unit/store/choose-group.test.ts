import type { PreparedOperation, PreparedRequest } from '../../../relay/store/core/prepare-request';
import { chooseGroup } from '../../../relay/store/sqlite/choose-group';
import type { Job } from '../../../relay/store/sqlite/run-group';

const request = (id: number, operations: number): Job => ({
  id,
  name: 'enqueue',
  args: [{ operations: new Array<PreparedOperation>(operations) } as PreparedRequest],
});
const ids = (jobs: readonly Job[]): number[] => jobs.map(({ id }) => id);

describe('writes of one transaction', () => {
  test('a single record does not wait for a load of thousands: large requests take turns', () => {
    const waiting = [request(1, 1_000), request(2, 1_000), request(3, 1), { id: 4, name: 'take', args: null } as Job];
    const { group, rest } = chooseGroup(waiting);
    expect(ids(group)).toEqual([1, 3, 4]);
    expect(ids(rest)).toEqual([2]);
    expect(ids(chooseGroup(rest).group)).toEqual([2]);
  });

  test('the first large request goes however many small ones came before it', () => {
    const waiting = [...Array.from({ length: 100 }, (_, at) => request(at, 9)), request(100, 1_000)];
    expect(chooseGroup(waiting).rest).toEqual([]);
  });

  test('middling requests share a transaction', () => {
    const { group } = chooseGroup(Array.from({ length: 20 }, (_, at) => request(at, 50)));
    expect(group).toHaveLength(10);
  });
});
