import { applyAddress } from 'SuiteScripts/suiterelay/upsert/apply-fields';
import type { Wanted } from 'SuiteScripts/suiterelay/upsert/wanted';

const wanted = (field: string, value: string): Wanted => ({
  field,
  label: field,
  value,
  set: value,
  kind: 'plain',
  write: 'always',
  stages: [],
  verify: false,
});

/** An address as a form behaves: a new country empties the state, because the list of states depends on it. */
function form(): { values: Record<string, unknown>; record: Parameters<typeof applyAddress>[0] } {
  const values: Record<string, unknown> = {};
  const record = {
    getValue: ({ fieldId }: { fieldId: string }) => values[fieldId] ?? '',
    setValue: ({ fieldId, value }: { fieldId: string; value: unknown }) => {
      if (fieldId === 'country' && values['country'] !== value) values['state'] = '';
      values[fieldId] = value;
    },
    getText: () => '',
    setText: () => undefined,
  };
  return { values, record };
}

const context = (isNew: boolean) => ({ isNew, stage: null, applied: { changes: [], skipped: [] } });

describe('P23 a country is set before its state (section_4704101831)', () => {
  const address = [wanted('state', 'CA'), wanted('zip', '94403'), wanted('country', 'US')];

  test('on a new address, whatever order the values come in', () => {
    const { values, record } = form();
    applyAddress(record, address, context(true));
    expect(values).toEqual({ country: 'US', state: 'CA', zip: '94403' });
  });

  test('on an address that moves, also when the state’s code stays the same', () => {
    const { values, record } = form();
    applyAddress(record, address, context(true));
    applyAddress(record, [wanted('state', 'CA'), wanted('country', 'BR')], context(false));
    expect(values).toEqual({ country: 'BR', state: 'CA', zip: '94403' });
  });
});
