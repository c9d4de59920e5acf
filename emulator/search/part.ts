import type { Part } from '../kernel/types';
import { inputReaders } from './input-readers';
import { searchSyscalls } from './syscalls';

export const part: Part = {
  name: 'search',
  syscalls: searchSyscalls,
  install: (account) => {
    account.parts.set('inputReaders', inputReaders);
  },
};
