import type { Guest } from '../types';
import { createSuiteQl } from './query-suiteql';

/** N/query (section_1510275060). */
export function createQueryModule(guest: Guest): object {
  const suiteQl = createSuiteQl(guest);
  return {
    runSuiteQL: suiteQl.run,
    runSuiteQLPaged: suiteQl.runPaged,
  };
}
