import { unsupported } from '../errors';
import type { ModuleFactory } from '../types';

/** N/ui/message (page section_1497963955): a server script has its types only, for `form.addPageInitMessage`. */
export const createMessageModule: ModuleFactory = () => ({
  Type: Object.freeze({ CONFIRMATION: 0, INFORMATION: 1, WARNING: 2, ERROR: 3 }),
  create: () => {
    throw unsupported('message.create in a server script');
  },
});
