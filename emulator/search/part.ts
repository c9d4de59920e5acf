import type { Part } from '../kernel/types';
import { searchSyscalls } from './syscalls';

export const part: Part = { name: 'search', syscalls: searchSyscalls };
