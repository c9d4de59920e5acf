import { invalidValue } from './faults';
import type { Value } from '../kernel/types';

const MINUTES = 60;

/** Time that was worked, as the form shows it: 1.5, `1.5` and `1:30` are `1:30`. */
export function durationText(value: Value): Value {
  if (value === null || value === '') return value;
  const text = String(value).trim();
  const [, whole, part] = /^(\d+):([0-5]?\d)$/.exec(text) ?? [];
  const minutes = whole === undefined ? Math.round(Number(text) * MINUTES) : Number(whole) * MINUTES + Number(part);
  if (!Number.isFinite(minutes) || minutes < 0) throw invalidValue('hours', value);
  return `${Math.floor(minutes / MINUTES)}:${String(minutes % MINUTES).padStart(2, '0')}`;
}
