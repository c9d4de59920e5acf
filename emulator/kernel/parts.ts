import { part as modules } from '../modules/part';
import { part as records } from '../records/part';
import { part as search } from '../search/part';
import { part as suiteql } from '../suiteql/part';
import type { Part } from './types';

/** The parts of the emulator, in the order in which they put their services onto the account. One line each. */
export const PARTS: readonly Part[] = [records, modules, search, suiteql];
