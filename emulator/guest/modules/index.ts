import type { ModuleFactory } from '../types';

/** Every built-in module this emulator has: one file a module, one line here. `require('N')` offers them all. */
export const MODULES: Record<string, ModuleFactory> = {};
