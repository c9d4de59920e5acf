import { unsupported } from '../errors';

/** N/currentRecord belongs to client scripts (section_4625600928): it can be required on the server, its one method can't be called there. */
export function createCurrentRecordModule(): object {
  const get = (): never => {
    throw unsupported('currentRecord.get in a server script');
  };
  return { get: Object.assign(get, { promise: get }) };
}
