import type { Logger } from 'pino';
import type { RelayConfig } from '../config/schema';
import { startExportingSpans } from '../telemetry/export-spans';
import type { Tracer } from '../telemetry/span';

/** Exports spans where a collector is configured. */
export function startTracing(
  { telemetry, environment }: RelayConfig,
  holder: string,
  log: Logger,
): { tracer: Tracer | undefined; stopTracing: () => Promise<void> } {
  if (telemetry.otlp === undefined) return { tracer: undefined, stopTracing: () => Promise.resolve() };
  const resource = {
    'service.name': 'suiterelay',
    'service.instance.id': holder,
    'deployment.environment.name': environment,
  };
  const { trace, stop } = startExportingSpans({ ...telemetry.otlp, resource, log });
  return { tracer: trace, stopTracing: stop };
}
