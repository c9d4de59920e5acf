import { keepsNumber } from './judge-number';
import type { Survey } from './survey-json';

/** What `JSON.parse` would lose of a text without a word. */
export interface Loss {
  /** Names and indexes that lead to it. */
  path: readonly (string | number)[];
  kind: 'number' | 'name-twice';
  /** The number as it was sent, or the name. */
  text: string;
}

/** At most so many losses are named: a body may hold a thousand of the same kind. */
const MOST_LOSSES = 50;

/** The losses of a text that was parsed to `value`, in its order. Costs next to nothing where there are none. */
export function findLosses(text: string, value: unknown, { longNumbers, names }: Survey): Loss[] {
  return longNumbers || names !== countMembers(value) ? lossesOf(text).take(MOST_LOSSES).toArray() : [];
}

/** Members of a value: fewer than a text names are there when one stood twice in an object. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const part of value) count += countMembers(part);
  else for (const name in value) count += 1 + countMembers((value as Record<string, unknown>)[name]);
  return count;
}

interface Frame {
  /** Names so far, of an object; null of an array. */
  names: Set<string> | null;
  at: string | number;
}

function* lossesOf(text: string): Generator<Loss> {
  const frames: Frame[] = [];
  const path = () => frames.map(({ at }) => at);
  let nameComes = false;
  for (let at = 0; at < text.length;) {
    const sign = text[at] ?? '';
    const frame = frames.at(-1);
    let end = at + 1;
    if (sign === '"') {
      end = endOfString(text, at);
      if (frame?.names && nameComes) {
        frame.at = JSON.parse(text.slice(at, end)) as string;
        if (frame.names.has(frame.at)) yield { path: path(), kind: 'name-twice', text: frame.at };
        frame.names.add(frame.at);
        nameComes = false;
      }
    } else if (sign === '{' || sign === '[') {
      frames.push(sign === '{' ? { names: new Set(), at: '' } : { names: null, at: 0 });
      nameComes = sign === '{';
    } else if (sign === '}' || sign === ']') frames.pop();
    else if (sign === ',' && frame) {
      nameComes = frame.names !== null;
      if (typeof frame.at === 'number') frame.at += 1;
    } else if (/[-\d]/.test(sign)) {
      end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (!keepsNumber(number)) yield { path: path(), kind: 'number', text: number };
    }
    at = end;
  }
}

/** Behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  const number = /[-+.\deE]+/y;
  number.lastIndex = start;
  number.test(text);
  return number.lastIndex;
}
