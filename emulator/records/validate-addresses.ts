import states from '../data/states.json';
import type { Account, Fields } from '../kernel/types';
import { invalidReference } from './faults';
import { listText } from './option-lists';
import { recordOptions } from './options';
import type { Validation } from './validation';

const STATES = states as Record<string, Record<string, string>>;

/** The short name of a state given in full; what has no list stays as it is. */
function normaliseState(country: string, state: string): string | undefined {
  const known = STATES[country];
  if (!known) return state;
  if (known[state.toUpperCase()]) return state.toUpperCase();
  return Object.keys(known).find((code) => known[code]!.toLowerCase() === state.toLowerCase());
}

function checkAddress(account: Account, fields: Fields): void {
  const { country, state } = fields;
  if (typeof country === 'string' && country !== '' && listText('list:country', country) === undefined)
    throw invalidReference('country', country);
  if (typeof state !== 'string' || state === '' || !recordOptions(account).checkStates) return;
  const normal = normaliseState(typeof country === 'string' ? country : '', state);
  if (normal === undefined) throw invalidReference('state', state);
  fields.state = normal;
}

/** Countries are ISO 3166-1 alpha-2; states are checked where the platform keeps a list (section_4704101831). */
export function validateAddresses({ account, meta, record }: Validation): void {
  for (const [id, subrecord] of Object.entries(record.subrecords))
    if (meta.subrecords[id] === 'address') checkAddress(account, subrecord.fields);
  for (const [sublist, lines] of Object.entries(record.sublists)) {
    for (const line of lines) {
      for (const [id, subrecord] of Object.entries(line.subrecords ?? {})) {
        if (meta.subrecords[`${sublist}.${id}`] === 'address') checkAddress(account, subrecord.fields);
      }
    }
  }
}
