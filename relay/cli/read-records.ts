import { readFileSync } from 'node:fs';
import { CliError } from './cli-error';

/** Records of a file: a JSON list, a Salesforce or HubSpot answer around one, or one JSON object a line. `-` reads stdin. */
export function readRecords(file: string): Record<string, unknown>[] {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8').trim();
  if (text === '') throw new CliError(`${file} is empty`, 2);
  try {
    return toList(JSON.parse(text) as unknown, file);
  } catch (error) {
    if (error instanceof CliError) throw error;
    return text.split(/\r?\n/).map((line, index) => parseLine(line, file, index + 1));
  }
}

function toList(value: unknown, file: string): Record<string, unknown>[] {
  const inner = value as { records?: unknown; results?: unknown };
  const list = Array.isArray(value) ? value : Array.isArray(inner.records) ? inner.records : inner.results;
  if (Array.isArray(list) && list.every(isObject)) return list;
  if (!Array.isArray(list) && isObject(value)) return [value];
  throw new CliError(`${file} holds no list of records`, 2);
}

function parseLine(line: string, file: string, number: number): Record<string, unknown> {
  try {
    const value = JSON.parse(line) as unknown;
    if (isObject(value)) return value;
  } catch {
    // Falls through to the message with the line's number.
  }
  throw new CliError(`${file}:${number} is not a JSON object`, 2);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
