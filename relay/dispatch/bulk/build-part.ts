import { createHash } from 'node:crypto';
import type { UpsertRequest } from '../../../contract';
import { toWireOperation } from '../build-request';
import type { TakenOperation } from '../../store/types';

type WireOperation = UpsertRequest['operations'][number];

export interface Part {
  operations: WireOperation[];
  sha256: string;
  /** Where the next part begins: after this number. */
  after: number;
}

/** Characters of a part: a file's content in NetSuite's memory is 10 MB at most, and a character may be three bytes long. */
const PART_CHARACTERS = 3_000_000;

/**
 * As many of these operations, in their order, as one part holds; always one at least. What can't be read is left out: it goes by a single
 * call when the job is over, and is set aside there.
 */
export function buildPart(taken: readonly TakenOperation[]): Part {
  const operations: WireOperation[] = [];
  let characters = 0;
  let after = 0;
  for (const one of taken) {
    if (operations.length > 0 && characters + one.body.length > PART_CHARACTERS) break;
    after = one.seq;
    const wire = readable(one);
    if (wire === null) continue;
    operations.push(wire);
    characters += one.body.length;
  }
  return { operations, sha256: createHash('sha256').update(JSON.stringify(operations)).digest('hex'), after };
}

function readable(taken: TakenOperation): WireOperation | null {
  try {
    return toWireOperation(taken);
  } catch {
    return null;
  }
}
