import type { DirectRecord } from '../../../contract';
import type { NewOperation } from '../../store/types';
import { isUnmapped } from './to-operation';

/** Names the NetSuite record of a confirmed pair by its internal id: it is neither looked for by match keys nor created. */
export function applyLinks(operations: readonly NewOperation[], links: Readonly<Record<string, string>>): void {
  for (const operation of operations) {
    const internalId = operation.crmId === undefined ? undefined : links[operation.crmId];
    if (internalId === undefined || isUnmapped(operation.body)) continue;
    const body = operation.body as DirectRecord;
    const { match: _match, ...key } = body.key;
    body.key = { ...key, internalId };
    delete operation.serialize;
  }
}
