import type { ModuleFactory } from '../types';
import { clientMethods, METHODS } from './http-client';
import { CACHE_DURATIONS, REDIRECT_TYPES } from './https';

/** N/http: N/https without its safety; http URLs only. */
export const createHttpModule: ModuleFactory = (guest) => ({
  CacheDuration: CACHE_DURATIONS,
  Method: METHODS,
  RedirectType: REDIRECT_TYPES,
  ...clientMethods(guest, 'http'),
});
