import type * as z from 'zod';
import type { ProblemSlug } from '../problem';

/** One operation of the API as the documents describe it. */
export interface DocumentedRoute {
  method: 'get' | 'post' | 'put';
  path: string;
  id: string;
  summary: string;
  description?: string;
  tag: 'Records' | 'Operations' | 'Failures' | 'Webhooks' | 'NetSuite' | 'Service';
  security: 'key' | 'signature' | 'none';
  query?: z.ZodObject;
  headers?: readonly ('Idempotency-Key' | 'Prefer' | 'traceparent')[];
  body?: { schema: z.core.$ZodType; types?: readonly string[]; required?: boolean };
  answers: Readonly<Record<number, { description: string; schema?: z.core.$ZodType; type?: string }>>;
  problems: readonly ProblemSlug[];
}
