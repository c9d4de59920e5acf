import { Turns, type Turn } from '../../../emulator/host/turns';

/** Turns with a clock of the test's own; what is put off runs when the test says so. */
function staged(few: number, many = few) {
  let now = 0;
  const later: (() => void)[] = [];
  const turns = new Turns(
    { few, many },
    () => now,
    (work) => void later.push(work),
  );
  const ran: string[] = [];
  const take = (turn: Turn, name: string): void => turns.take(turn, () => void ran.push(name));
  return {
    turns,
    ran,
    take,
    /** Runs an execution's own code for so long, up to its next call. */
    run: (turn: Turn, ms: number): void => {
      now += ms;
      turns.leave(turn);
    },
    pass: (ms: number): void => void (now += ms),
    settle: (): void => later.splice(0).forEach((work) => work()),
  };
}

describe('Which host threads run (emulator/host/turns.ts)', () => {
  it('lets executions run at once while there are fewer than places', () => {
    const { turns, take, ran } = staged(2);
    take(turns.open(), 'first');
    take(turns.open(), 'second');
    expect(ran).toEqual(['first', 'second']);
  });

  it('lets one wait until another asks the account and is not answered at once', () => {
    const { turns, take, ran, run, settle } = staged(1);
    const [long, other] = [turns.open(), turns.open()];
    take(long, 'long');
    take(other, 'other');
    expect(ran).toEqual(['long']);
    run(long, 1);
    expect(ran).toEqual(['long']);
    settle();
    expect(ran).toEqual(['long', 'other']);
    turns.close(other);
  });

  it('lets an execution go on from call to call for a while, then those that wait', () => {
    const { turns, take, ran, run, settle } = staged(1);
    const [long, other] = [turns.open(), turns.open()];
    take(long, 'long 1');
    take(other, 'other');
    run(long, 4);
    take(long, 'long 2');
    run(long, 4);
    take(long, 'long 3');
    run(long, 4);
    take(long, 'long 4');
    settle();
    expect(ran).toEqual(['long 1', 'long 2', 'long 3', 'other']);
    turns.close(other);
    expect(ran.at(-1)).toBe('long 4');
    turns.close(long);
  });

  it('lets the one that has used least go first, and nobody wait for ever', () => {
    const { turns, take, ran, run, pass } = staged(1);
    const [running, used, fresh] = [turns.open(), turns.open(), turns.open()];
    take(used, 'used');
    run(used, 50);
    take(running, 'running');
    take(used, 'used again');
    pass(20);
    take(fresh, 'fresh');
    turns.close(running);
    expect(ran.at(-1)).toBe('fresh');
    pass(100);
    const late = turns.open();
    take(late, 'late');
    turns.close(fresh);
    expect(ran.at(-1)).toBe('used again');
    for (const one of [used, late]) turns.close(one);
  });

  it('does not let a script that runs without calls keep others from starting', () => {
    const { turns, take, ran, pass } = staged(1);
    const busy = turns.open();
    take(busy, 'busy');
    pass(29);
    const first = turns.open();
    take(first, 'first');
    expect(ran).toEqual(['busy']);
    turns.close(first);
    pass(1);
    const second = turns.open();
    take(second, 'second');
    expect(ran).toEqual(['busy', 'second']);
    turns.close(second);
    turns.close(busy);
  });

  it('forgets an execution that was stopped while it waited', () => {
    const { turns, take, ran } = staged(1);
    const [running, stopped] = [turns.open(), turns.open()];
    take(running, 'running');
    take(stopped, 'stopped');
    turns.close(stopped);
    turns.close(running);
    expect(ran).toEqual(['running']);
  });

  it('lets a young execution start beside many that are older, and makes these wait until it is done or older itself', () => {
    const { turns, take, ran, run, settle } = staged(1, 3);
    const [first, second] = [turns.open(), turns.open()];
    take(first, 'first 1');
    run(first, 20);
    take(second, 'second 1');
    run(second, 20);
    take(first, 'first 2');
    take(second, 'second 2');
    const young = turns.open();
    take(young, 'young 1');
    run(first, 0);
    take(first, 'first 3');
    run(second, 0);
    take(second, 'second 3');
    expect(ran.slice(2)).toEqual(['first 2', 'second 2', 'young 1']);
    run(young, 5);
    take(young, 'young 2');
    settle();
    expect(ran.slice(5)).toEqual(['young 2']);
    turns.close(young);
    expect(ran.slice(6)).toEqual(['first 3', 'second 3']);
    turns.close(first);
    turns.close(second);
  });
});
