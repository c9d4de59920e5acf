import { MatchLines } from '../../../relay/store/core/match-lines';

test('a line of thousands is joined by hundreds at once in a moment', () => {
  const standing = Array.from({ length: 5_000 }, (_, seq) => ({ mval: 'x', seq, rkey: `K${seq}`, behind: false }));
  const lines = new MatchLines(standing, new Map(standing.map(({ seq }) => [seq, new Set([seq - 1])])));
  const begun = performance.now();
  for (let seq = 5_000; seq < 5_500; seq++) {
    const ahead = lines.endsOf(['x'], `K${seq}`);
    expect(ahead).toEqual([seq - 1]);
    lines.join(['x'], { seq, rkey: `K${seq}` }, ahead);
  }
  expect(performance.now() - begun).toBeLessThan(10_000);
});
