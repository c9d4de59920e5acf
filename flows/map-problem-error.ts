import { CODES, type Code } from '../contract';
import type { MapProblem } from './types';
import { TransformError } from './transform-error';

/** Ends the mapping of one record; `mapRecord` turns it into an outcome, it never leaves the engine. */
export class MapProblemError extends Error {
  readonly problem: MapProblem;

  constructor(problem: MapProblem) {
    super(problem.message);
    this.name = 'MapProblemError';
    this.problem = problem;
  }
}

export function problemAt(field: string, code: Code, message: string, remedy: string): MapProblemError {
  return new MapProblemError({ code, class: CODES[code], field, message, remedy });
}

/** Runs `work` and names the source field in whatever a transform refuses. */
export function atField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TransformError) throw problemAt(field, error.code, error.message, error.remedy);
    throw error;
  }
}
