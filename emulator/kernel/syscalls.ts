import { hostSyscalls } from './host-syscalls';
import type { Part, SyscallTable } from './types';

/** One table from all parts. Two parts with the same name for a call is a mistake that shows at the start. */
export function mergeSyscalls(parts: readonly Part[]): SyscallTable {
  const merged: SyscallTable = { ...hostSyscalls };
  for (const part of parts) {
    for (const [name, handler] of Object.entries(part.syscalls)) {
      if (Object.hasOwn(merged, name))
        throw new Error(`syscall ${name} is defined twice, the second time by ${part.name}`);
      merged[name] = handler;
    }
  }
  return merged;
}
