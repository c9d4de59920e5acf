import type { ControlAnswer } from './call';
import { notFound } from './control-error';

const NAMES = ['records', 'tasks', 'email', 'files', 'https', 'log', 'logins'];

/** One of the ledgers, oldest first; `scriptId` filters. */
export const readLedger: ControlAnswer = ({ front, path, query }) => {
  const name = path.name ?? '';
  if (!NAMES.includes(name)) throw notFound(`There is no ledger ${name}; there are ${NAMES.join(', ')}.`);
  const scriptId = query.get('scriptId')?.toLowerCase();
  const entries = front.account.ledgers.list(name) as { scriptId?: string | null }[];
  return scriptId === undefined ? entries : entries.filter((entry) => entry.scriptId === scriptId);
};
