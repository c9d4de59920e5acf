import type { NextFunction, RequestHandler, Response } from 'express';
import type { RelayServices } from '../services';

/** GET /healthz: the process answers. */
export const healthz: RequestHandler = (_request, response: Response) => {
  response.json({ status: 'ok' });
};

/** How long an answer of the store is used, in ms: the route takes no key, and each check is a write to disk. */
const FRESH_MS = 1_000;

/** GET /readyz: new work can be stored and goes out; 503 names what is missing. */
export function readyz(services: RelayServices): RequestHandler {
  let last: { at: number; state: Promise<string> } | null = null;
  const stateOfStore = (): Promise<string> => {
    if (last === null || Math.abs(services.now() - last.at) >= FRESH_MS)
      last = { at: services.now(), state: storeState(services) };
    return last.state;
  };
  return (_request, response: Response, next: NextFunction) => {
    const run = async () => {
      const checks: Record<string, string> = {
        relay: services.stopping() ? 'stopping' : 'ok',
        store: await stateOfStore(),
        dispatcher: services.dispatching() ? 'ok' : 'stopped',
        ...Object.fromEntries(
          services
            .refusedAccounts()
            .map(({ account, message, remedy }) => [`account ${account}`, `${message}. ${remedy}`]),
        ),
      };
      const ready = Object.values(checks).every((state) => state === 'ok');
      response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
    };
    run().catch(next);
  };
}

async function storeState({ store }: RelayServices): Promise<string> {
  try {
    await store.check();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** GET /metrics, in Prometheus' text format. Counts and states only; no record, no name of a customer. */
export function metricsRoute(services: RelayServices): RequestHandler {
  return (_request, response: Response, next: NextFunction) => {
    const run = async () => {
      const text = await services.metrics.registry.metrics();
      response.type(services.metrics.registry.contentType).send(text);
    };
    run().catch(next);
  };
}
