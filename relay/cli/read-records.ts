import { readFileSync } from 'node:fs';
import { findLosses } from '../parse/find-losses';
import { surveyJson } from '../parse/survey-json';
import { CliError } from './cli-error';

/** Records of a file: a JSON list, a Salesforce or HubSpot answer around one, or one JSON object a line. `-` reads stdin. */
export function readRecords(file: string): Record<string, unknown>[] {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8').trim();
  if (text === '') throw new CliError(`${file} is empty`, 2);
  try {
    return toList(parse(text, file), file);
  } catch (error) {
    if (error instanceof CliError) throw error;
    return text.split(/\r?\n/).map((line, index) => parseLine(line, file, index + 1));
  }
}

/** Throws `SyntaxError`; `CliError` for what would be sent otherwise than it is written. */
function parse(text: string, where: string): unknown {
  const value: unknown = JSON.parse(text);
  const [loss] = findLosses(text, value, surveyJson(text));
  if (!loss) return value;
  const place = `${where}: ${loss.path.join('.')}`;
  throw new CliError(
    loss.kind === 'number'
      ? `${place} is a number that would be rounded (${loss.text.slice(0, 40)}); write it as text, in quotes`
      : `${place} stands twice in its object`,
    2,
  );
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
    const value = parse(line, `${file}:${number}`);
    if (isObject(value)) return value;
  } catch (error) {
    if (error instanceof CliError) throw error;
    // Falls through to the message with the line's number.
  }
  throw new CliError(`${file}:${number} is not a JSON object`, 2);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
