import type { Part } from '../kernel/types';
import { querySyscalls } from './syscalls';

export const part: Part = { name: 'suiteql', syscalls: querySyscalls };
