import type { Failure, Settlement, TakenBatch, TakenOperation } from './types';

/** What the store holds of an operation can't be read: a disk's fault, or somebody who wrote into the database. */
const DAMAGED = 'STORED_DATA_DAMAGED';

/**
 * Sorts out operations whose stored content can't be read: each goes to review by name, so that one bad row never holds up the batch it is
 * in. `read` throws for what it can't make sense of.
 */
export function setAsideDamaged(
  batch: TakenBatch,
  read: (operation: TakenOperation) => unknown = ({ body }) => JSON.parse(body) as unknown,
): { sound: TakenBatch; damaged: Settlement[] } {
  const sound: TakenOperation[] = [];
  const damaged: Settlement[] = [];
  for (const operation of batch.operations) {
    try {
      read(operation);
      sound.push(operation);
    } catch (error) {
      const failure = failureOf(operation, error);
      damaged.push({ seq: operation.seq, to: 'review', error: failure, code: failure.code });
    }
  }
  return { sound: damaged.length === 0 ? batch : { ...batch, operations: sound }, damaged };
}

const failureOf = ({ externalId }: TakenOperation, error: unknown): Failure => ({
  code: DAMAGED,
  class: 'data',
  message: `What the store holds of ${externalId} can't be read: ${(error instanceof Error ? error.message : String(error)).slice(0, 200)}`,
  action:
    'Send the record again from its CRM, or replay it with a corrected content. If more rows are damaged, look after the disk and restore a backup.',
});
