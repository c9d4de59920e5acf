import fc from 'fast-check';
import { decide, EMPTY_STATE, MAX_HOPS } from '../../../flows/conflict/decide';
import { oscillates } from '../../../flows/conflict/detect-oscillation';
import { sameValue } from '../../../flows/conflict/same-value';
import type { Decision, FieldOwner, RecordState, Side, SideEvent } from '../../../flows/conflict/types';

const owners: Record<string, FieldOwner> = {
  phone: { owner: () => 'crm', foreignEdit: 'ignore' },
  terms: { owner: () => 'netsuite', foreignEdit: 'review' },
  name: { owner: (stage) => (stage === 'CUSTOMER' ? 'netsuite' : 'crm'), foreignEdit: 'ignore' },
};

const event = (side: Side, change: Partial<SideEvent>): SideEvent => ({
  side,
  id: 'e',
  sourceVersion: '1',
  stage: 'PROSPECT',
  fields: {},
  ownOperation: null,
  hop: 0,
  ...change,
});

/** Events of one record: per side the version decides, as SystemModstamp and the outbox' sequence do. */
const events = fc.array(
  fc.record({
    side: fc.constantFrom<Side>('crm', 'netsuite'),
    at: fc.integer({ min: 1, max: 12 }),
    field: fc.constantFrom('phone', 'terms', 'name'),
    value: fc.constantFrom('a', 'b', 'c'),
  }),
  { minLength: 2, maxLength: 12 },
);

const run = (list: readonly SideEvent[]): { state: RecordState; decisions: Decision[] } => {
  let state = EMPTY_STATE;
  const decisions = list.map((one) => {
    const decision = decide(state, one, owners);
    state = decision.state;
    return decision;
  });
  return { state, decisions };
};

describe('the conflict algorithm', () => {
  it('ends in the same accepted values for the same events in any order', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (list, keys) => {
        const made = list.map(({ side, at, field, value }, index) =>
          event(side, {
            id: `e${index}`,
            sourceVersion: String(at).padStart(4, '0'),
            fields: { [field]: value },
            stage: at > 6 ? 'CUSTOMER' : 'PROSPECT',
          }),
        );
        const order = new Map(made.map((one) => [one, keys.next().value as number]));
        const shuffled = [...made].sort((a, b) => order.get(a)! - order.get(b)!);
        const { accepted: first } = run(made).state;
        const { accepted: second } = run(shuffled).state;
        expect(second).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  it('P34: never lets the side that does not own a field change it', () => {
    fc.assert(
      fc.property(events, (list) => {
        const made = list.map(({ side, at, field, value }) =>
          event(side, { sourceVersion: String(at).padStart(4, '0'), fields: { [field]: value } }),
        );
        const { decisions } = run(made);
        decisions.forEach(({ write }, at) => {
          if (made[at]!.side === 'netsuite') expect(write).not.toHaveProperty('phone');
          else expect(write).not.toHaveProperty('terms');
        });
      }),
    );
  });

  it('drops what it wrote itself, and takes a genuine edit a moment later', () => {
    const first = decide(EMPTY_STATE, event('crm', { fields: { phone: '1' } }), owners);
    expect(first.write).toEqual({ phone: '1' });
    const echo = decide(first.state, event('netsuite', { fields: { phone: '1' }, ownOperation: 'op_1' }), owners);
    expect(echo.write).toEqual({});
    const edit = decide(echo.state, event('crm', { fields: { phone: '2' }, sourceVersion: '2' }), owners);
    expect(edit.write).toEqual({ phone: '2' });
  });

  it('writes nothing for a duplicate, an older event, or a value that only changed its form', () => {
    const { state } = decide(EMPTY_STATE, event('crm', { fields: { phone: '10.50' }, sourceVersion: '5' }), owners);
    expect(decide(state, event('crm', { fields: { phone: '10.50' }, sourceVersion: '5' }), owners).write).toEqual({});
    expect(decide(state, event('crm', { fields: { phone: 'old' }, sourceVersion: '4' }), owners).ignored).toEqual([
      { field: 'phone', reason: 'stale' },
    ]);
    expect(decide(state, event('crm', { fields: { phone: 10.5 }, sourceVersion: '6' }), owners).write).toEqual({});
  });

  it('A13: hands a field over when the prospect becomes a customer', () => {
    const prospect = decide(EMPTY_STATE, event('crm', { fields: { name: 'A' } }), owners);
    expect(prospect.write).toEqual({ name: 'A' });
    const late = decide(
      prospect.state,
      event('crm', { fields: { name: 'B' }, stage: 'CUSTOMER', sourceVersion: '2' }),
      owners,
    );
    expect(late.write).toEqual({});
    expect(late.ignored).toEqual([{ field: 'name', reason: 'not-owner' }]);
    const books = decide(
      late.state,
      event('netsuite', { fields: { name: 'C' }, stage: 'CUSTOMER', sourceVersion: '1' }),
      owners,
    );
    expect(books.write).toEqual({ name: 'C' });
  });

  it('P9: ends a circle at the hop limit even when every other guard is gone', () => {
    let hop = 0;
    let writes = 0;
    let state = EMPTY_STATE;
    for (let value = 0; value < 20; value += 1) {
      const decision = decide(
        { ...state, shadow: EMPTY_STATE.shadow, seen: {}, ruled: {} },
        event('crm', { fields: { phone: String(value) }, hop }),
        owners,
      );
      state = decision.state;
      if ('phone' in decision.write) writes += 1;
      else expect(decision.review).toEqual([{ field: 'phone', reason: 'too-many-hops' }]);
      hop += 1;
    }
    expect(writes).toBe(MAX_HOPS);
  });

  it('asks a person about an edit the flow wants looked at', () => {
    expect(decide(EMPTY_STATE, event('crm', { fields: { terms: 'x' } }), owners).review).toEqual([
      { field: 'terms', reason: 'not-owner' },
    ]);
  });
});

describe('values and swings', () => {
  it('knows one value in its forms', () => {
    expect(sameValue('10.50', 10.5)).toBe(true);
    expect(sameValue(true, 'T')).toBe(true);
    expect(sameValue(null, '')).toBe(true);
    expect(sameValue(['b', 'a'], ['a', 'b'])).toBe(true);
    expect(sameValue('a\r\nb', 'a\nb')).toBe(true);
    expect(sameValue('007', '7')).toBe(false);
    expect(sameValue('1', '2')).toBe(false);
  });

  it('A45: sees a field that swings between two values, and not one that is edited often', () => {
    const at = (values: string) => [...values].map((value, index) => ({ value, at: index * 1000 }));
    expect(oscillates(at('ababab'), 10_000)).toBe(true);
    expect(oscillates(at('abcdef'), 10_000)).toBe(false);
    expect(oscillates(at('aba'), 10_000)).toBe(false);
    expect(oscillates(at('ababab'), 3_600_000)).toBe(false);
  });
});
