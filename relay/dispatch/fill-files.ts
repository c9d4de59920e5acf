import { isRetryable, type UpsertRequest } from '../../contract';
import type { Failure, Settlement, TakenBatch, TakenOperation } from '../store/types';
import type { BackoffPlan } from './backoff';
import { encodeFile } from './encode-file';
import type { FileContents, FileNotRead } from './file-contents';
import { giveUp, later } from './settle-answer';

interface Context {
  nowMs: number;
  backoff: BackoffPlan;
}

/** A file that is still being read is asked for again after this, in ms. */
const AGAIN_MS = 2_000;

/**
 * Puts the contents of files into a request. Where one is not there, nothing is called and each operation is settled: what is being
 * read comes again without an attempt counted, what the CRM refuses goes the way of any failure.
 */
export async function fillFiles(
  files: FileContents,
  batch: TakenBatch,
  request: UpsertRequest,
  context: () => Context,
): Promise<Settlement[] | null> {
  if (batch.recordType !== 'file') return null;
  const settlements: Settlement[] = [];
  let lacking = false;
  for (const [index, operation] of batch.operations.entries()) {
    const wanted = request.operations[index];
    if (wanted?.file === undefined || wanted.file.content !== undefined) {
      settlements.push({ seq: operation.seq, to: 'ready', counted: false });
      continue;
    }
    const { crm, id } = wanted.file.source;
    const outcome = await files.get({ crm, source: operation.source, id });
    if (outcome.is === 'ready') {
      const name = wanted.fields['name']?.value;
      wanted.file.content = encodeFile(typeof name === 'string' ? name : '', outcome.bytes);
      settlements.push({ seq: operation.seq, to: 'ready', counted: false });
    } else {
      lacking = true;
      settlements.push(
        outcome.is === 'loading' ? onItsWay(operation, context()) : notRead(operation, outcome.reason, context()),
      );
    }
  }
  return lacking ? settlements : null;
}

function onItsWay({ seq }: TakenOperation, { nowMs }: Context): Settlement {
  const error: Failure = {
    code: 'FILE_ON_ITS_WAY',
    class: 'transient',
    message: 'The file is being read from the CRM.',
  };
  return { seq, to: 'waiting', runAt: nowMs + AGAIN_MS, counted: false, error, code: error.code };
}

function notRead(operation: TakenOperation, reason: FileNotRead, context: Context): Settlement {
  const { seq } = operation;
  const error: Failure = {
    code: reason.code,
    class: reason.class,
    message: `The CRM did not hand out the file: ${reason.message}`,
    ...(isRetryable(reason.class) && reason.class !== 'dependency'
      ? {}
      : { action: 'Look whether the file is still there and the integration user may see it, then replay this.' }),
  };
  if (reason.class === 'throttle') {
    const runAt = context.nowMs + (reason.retryAfterMs ?? 60_000);
    return { seq, to: 'waiting', runAt, counted: false, error, code: error.code };
  }
  return reason.class === 'transient' ? later(operation, error, context) : giveUp(operation, error);
}
