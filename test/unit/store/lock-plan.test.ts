import { lockPlan } from '../../../relay/store/postgres/lock-plan';

const names = (count: number, prefix = 'P|customer|K') => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

test('a transaction locks its names in one order, whatever order they come in, and each once', () => {
  const plan = lockPlan([...names(50), ...names(50)]);
  expect(plan).toEqual(lockPlan(names(50).reverse()));
  expect(plan.names).toHaveLength(50);
  expect(plan.names).toEqual([...plan.names].sort((a, b) => a - b));
  expect(plan.groups).toEqual([...plan.groups].sort((a, b) => a - b));
});

test('two batches that have no record in common have no lock in common', () => {
  const first = new Set(lockPlan(names(100, 'P|customer|A')).names);
  expect(lockPlan(names(100, 'P|customer|B')).names.filter((key) => first.has(key))).toEqual([]);
});

test('a transaction of very many names takes no more locks than there are groups, and every name is in one of them', () => {
  const many = lockPlan(names(5_000));
  expect(many.names).toEqual([]);
  expect(many.groups.length).toBeLessThanOrEqual(64);
  for (const name of names(20)) expect(many.groups).toEqual(expect.arrayContaining(lockPlan([name]).groups));
});
