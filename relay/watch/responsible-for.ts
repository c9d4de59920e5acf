import type { RelayServices } from '../http/services';
import type { StoredOperation } from '../store/types';

/** Who looks after what becomes of an operation: whom its flow names, else whom the configuration does. */
export function responsibleFor(
  { settings, flowsOf }: Pick<RelayServices, 'settings' | 'flowsOf'>,
  { flow }: Pick<StoredOperation, 'flow'>,
): string | undefined {
  const { netsuite, failures } = settings().config;
  for (const { account } of flow === null ? [] : netsuite) {
    const found = flowsOf(account).flows.find(({ id }) => id === flow)?.responsible;
    if (found !== undefined) return found;
  }
  return failures.responsible;
}
