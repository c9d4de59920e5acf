import type { Adapter } from '../types';
import { callRestlet } from './restlet';
import { callUserEvent } from './user-event';

/** How each script type is called; keyed by the account's script type. */
export const ADAPTERS: Record<string, Adapter> = {
  restlet: callRestlet,
  userevent: callUserEvent,
};
