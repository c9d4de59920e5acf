import type { ModuleFactory } from '../types';
import { createCacheModule } from './cache';
import { createCryptoModule } from './crypto';
import { createRandomModule } from './crypto-random';
import { createEncodeModule } from './encode';
import { createErrorModule } from './error';
import { createFileModule } from './file';
import { createFormatModule } from './format';
import { createHttpModule } from './http';
import { createHttpsModule } from './https';
import { createLogModule } from './log';
import { createCurrentRecordModule } from './record-current';
import { createRecordModule } from './record';
import { createQueryModule } from './query';
import { createRuntimeModule } from './runtime';
import { createTaskModule } from './task';
import { createUrlModule } from './url';
import { createUtilModule } from './util';

/** Every built-in module this emulator has: one file a module, one line here. `require('N')` offers them all. */
export const MODULES: Record<string, ModuleFactory> = {
  'N/cache': createCacheModule,
  'N/crypto': createCryptoModule,
  'N/crypto/random': createRandomModule,
  'N/encode': createEncodeModule,
  'N/error': createErrorModule,
  'N/file': createFileModule,
  'N/format': createFormatModule,
  'N/http': createHttpModule,
  'N/https': createHttpsModule,
  'N/log': createLogModule,
  'N/record': createRecordModule,
  'N/currentRecord': createCurrentRecordModule,
  'N/query': createQueryModule,
  'N/runtime': createRuntimeModule,
  'N/task': createTaskModule,
  'N/url': createUrlModule,
  'N/util': createUtilModule,
};
