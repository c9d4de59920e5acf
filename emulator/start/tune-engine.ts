import { setFlagsFromString } from 'node:v8';

/** Language features younger than ES2023, which is what NetSuite's 2.1 engine runs (page chapter_156042690639). */
const TOO_NEW = [
  'explicit-resource-management',
  'float16array',
  'regexp-escape',
  'regexp-modifiers',
  'regexp-duplicate-named-groups',
  'error-iserror',
  'promise-try',
  'atomics-pause',
  'source-phase-imports',
];

/** The major version of V8 whose names of flags these are: a V8 that lacks a flag complains on stderr. */
const KNOWN_V8 = 13;

/**
 * V8 for a process whose every execution has a context of its own. To be called before the first host thread starts.
 * - Its middle compiler works for code that is thrown away a moment later: 11 % of all processor time of a run of upserts went to it (its
 *   heap broker walks all living contexts at each compilation).
 * - Its first compiler works at once, not when a function has run often: contexts share compiled code, and in a context that lives for one
 *   execution no function ever runs often (12 % of the processor time of such a run).
 * - Features that are not in its snapshot are installed anew in each context (7 % of what a short execution costs), and a script that uses
 *   them would not run in NetSuite; promises of WebAssembly are among them.
 * - New objects live in 32 MB from the start: the hosts collect garbage before these are full (host/garbage.ts).
 */
export function tuneEngine(): void {
  setFlagsFromString('--no-maglev');
  setFlagsFromString('--always-sparkplug');
  setFlagsFromString('--min-semi-space-size=32');
  if (Number(process.versions.v8.split('.')[0]) !== KNOWN_V8) return;
  for (const feature of TOO_NEW) setFlagsFromString(`--no-js-${feature}`);
  setFlagsFromString('--no-experimental-wasm-jspi');
}
