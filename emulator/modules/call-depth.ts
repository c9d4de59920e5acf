import { fault, type Execution } from '../kernel/types';

/** How often scripts may call each other in a chain before the platform calls it a loop; no page tells the number. */
const MAX_DEPTH = 5;

const depthOf = ({ depth, parent }: Execution): number => depth ?? (parent ? depthOf(parent) : 0);

/** The depth of a script that `execution` calls by HTTP. A User Event goes on with the chain of the script that saves. */
export function nextDepth(execution: Execution): number {
  const depth = depthOf(execution);
  if (depth < MAX_DEPTH) return depth + 1;
  const message =
    'This script executes a recursive function that has exceeded the limit for the number of times a script can call itself using an HTTP request. Please examine the script for a potential infinite recursion problem.';
  throw fault('SSS_REQUEST_LOOP_DETECTED', message);
}
