import runtime from 'N/runtime';
import { missingToView as missingIn } from '../governance/permissions';

/** By name, where this role lacks it. Costs nothing. */
export const missingToView = (recordType: string): string | null => {
  const user = runtime.getCurrentUser();
  return missingIn(recordType, (name) => Number(user.getPermission({ name })));
};
