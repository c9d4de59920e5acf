import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigIssue } from './config-error';

/** How long a command that hands out a secret may take, in ms. */
const COMMAND_TIMEOUT_MS = 10_000;

type Read = (reference: string) => string;

/** Where values that must not stand in the file come from. Replaceable, so that the rules are tested without a machine. */
export interface ValueSources {
  env: Read;
  file: Read;
  command: Read;
}

export function machineSources(baseFolder: string, env: NodeJS.ProcessEnv = process.env): ValueSources {
  return {
    env(name) {
      const value = env[name];
      if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
      return value;
    },
    file: (file) => readFileSync(path.resolve(baseFolder, file), 'utf8').replace(/\r?\n$/, ''),
    command(line) {
      // Split on blanks and run without a shell: nothing in the file can be read as shell syntax.
      const [program = '', ...words] = line.trim().split(/\s+/);
      return execFileSync(program, words, {
        cwd: baseFolder,
        encoding: 'utf8',
        timeout: COMMAND_TIMEOUT_MS,
        stdio: ['ignore', 'pipe', 'pipe'],
      }).replace(/\r?\n$/, '');
    },
  };
}

/** Replaces every text `env:NAME`, `file:PATH` or `command:PROGRAM ARGS` by what it names. Paths are relative to the file's folder. */
export function resolveValues(
  value: unknown,
  sources: ValueSources,
  issues: ConfigIssue[],
  at: string[] = [],
): unknown {
  if (typeof value === 'string') return resolveText(value, sources, issues, at);
  if (Array.isArray(value))
    return value.map((item, index) => resolveValues(item, sources, issues, [...at, `${index}`]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolveValues(item, sources, issues, [...at, name])]),
  );
}

function resolveText(text: string, sources: ValueSources, issues: ConfigIssue[], at: string[]): string {
  const found = /^(env|file|command):(.+)$/s.exec(text);
  if (!found) return text;
  const [, kind, reference] = found as unknown as [string, keyof ValueSources, string];
  try {
    return sources[kind](reference.trim());
  } catch (error) {
    issues.push({ path: at.join('.'), message: explain(kind, reference, error) });
    return text;
  }
}

function explain(kind: keyof ValueSources, reference: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  switch (kind) {
    case 'env':
      return `${reason}; set it, or write file:PATH instead`;
    case 'file':
      return `can't read the file ${reference}: ${reason}`;
    case 'command':
      // The output of a failed command may hold the secret itself: only the program is named.
      return `the command ${reference.split(' ')[0]} did not end with 0 within ${COMMAND_TIMEOUT_MS / 1000} s`;
  }
}
