import { unsupported } from '../errors';
import type { ModuleFactory } from '../types';
import { isObject, requireArguments, type Options } from './arguments';

/**
 * N/ui/message (page section_1497963955): a server script makes messages for `form.addPageInitMessage`, which takes a message.Message
 * (page section_1530198114). Only a browser can show or hide one.
 */
export const createMessageModule: ModuleFactory = () => ({
  Type: Object.freeze({ CONFIRMATION: 0, INFORMATION: 1, WARNING: 2, ERROR: 3 }),
  create: (options: Options) => {
    requireArguments('message.create', isObject(options) ? options : {}, ['type']);
    const refuse = (name: string) => () => {
      throw unsupported(`Message.${name} in a server script`);
    };
    const { type, title = '', message = '', duration } = options;
    return {
      type,
      title,
      message,
      duration,
      show: refuse('show'),
      hide: refuse('hide'),
      toString: () => 'message.Message',
    };
  },
});
