import { shapeFault, type Shape } from '../kernel/shape-fault';
import { badRequest } from './control-error';

/** Throws a 400 that names the place in the body that is wrong. */
export function requireShape(value: unknown, shape: Shape, place: string): void {
  const found = shapeFault(value, shape, place);
  if (found !== undefined) throw badRequest(found);
}
