import * as z from 'zod/mini';
import { MAX_BUDGET_MS, MAX_OPERATIONS } from './version';

/**
 * The envelope alone. Operations are parsed one by one (`operationSchema`), so that a malformed one fails by itself and never harms
 * its neighbours.
 */
export const upsertRequestSchema = z.object({
  contract: z.int(),
  batchId: z.string().check(z.minLength(1)),
  traceparent: z.optional(z.string()),
  budget: z.optional(
    z.object({
      /** Stop while this many units of the script's 5,000 are used. */
      units: z.optional(z.int().check(z.positive())),
      /** Start no write later than this, counted from the script's own start. */
      ms: z.optional(z.int().check(z.positive(), z.lte(MAX_BUDGET_MS))),
    }),
  ),
  operations: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_OPERATIONS)),
});
