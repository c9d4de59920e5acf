import type { Front } from '../http/front';
import { notFound } from './control-error';

/** One control request: path parts as the route names them, query, parsed body. */
export interface ControlCall {
  front: Front;
  path: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

export type ControlAnswer = (call: ControlCall) => unknown;

/** Calls what a part supplies under this name; 404 when no part does. */
export function callPart(front: Front, name: string, args: object): unknown {
  for (const part of front.account.partList) {
    const handler = part.control?.[name];
    if (handler) return handler(front.account, args as never);
  }
  throw notFound(`No part of this emulator serves ${name}.`);
}
