import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HEAD_STATES, outerState, S, TRANSITIONS, type Inner } from '../../../../relay/store/core/states';

const page = readFileSync(path.resolve(__dirname, '../../../../docs/states.md'), 'utf8');
const rows = (columns: number): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.length === columns);
const nameOf = (state: Inner): string => Object.entries(S).find(([, one]) => one === state)?.[0] ?? '';
const names = (states: readonly Inner[]): string => states.map(nameOf).join(', ') || '–';

test('the page of states shows every state with what callers see of it', () => {
  const documented = rows(3).filter(([seen = '']) => seen.startsWith('`'));
  expect(documented.map(([outer, inner]) => [outer, inner]).sort()).toEqual(
    Object.values(S)
      .map((state) => [`\`${outerState(state)}\``, nameOf(state)])
      .sort(),
  );
});

test('the page of states shows every move, and no other', () => {
  const documented = rows(3).filter(([event = '']) => event in TRANSITIONS);
  expect(documented).toEqual(
    Object.entries(TRANSITIONS).map(([event, { from, to }]) => [event, names(from), names(to)]),
  );
});

test('nothing leaves a final state but a dead operation, by a person', () => {
  const leaves = Object.entries(TRANSITIONS).flatMap(([event, { from }]) =>
    (from as readonly Inner[]).filter((state) => state >= S.done).map((state) => [event, nameOf(state)]),
  );
  expect(leaves).toEqual([
    ['requeue', 'dead'],
    ['resolve', 'dead'],
  ]);
});

test('every head state can be reached, and can be left', () => {
  for (const state of HEAD_STATES) {
    const moves = Object.values(TRANSITIONS) as { from: readonly Inner[]; to: readonly Inner[] }[];
    expect(moves.some(({ to }) => to.includes(state))).toBe(true);
    expect(moves.some(({ from }) => from.includes(state))).toBe(true);
  }
});
