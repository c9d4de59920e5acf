import * as z from 'zod/mini';
import { namedReferenceSchema } from './describe-request';

export const resolvedNameSchema = z.extend(namedReferenceSchema, {
  /** Internal ids of the active records that answer to it. */
  ids: z.array(z.string()),
  inactive: z.boolean(),
});

/** Answer of GET `customscript_srl_describe?types=customer,salesorder`. */
export const describeTypeSchema = z.object({
  /** How the prefetch reads it: SuiteQL, or N/search where the role may not run SuiteQL. */
  query: z.enum(['suiteql', 'search']),
  stamp: z.enum(['fields', 'ledger']),
  columns: z.array(z.string()),
  notQueryable: z.array(z.string()),
  /** Mandatory fields by form id. */
  mandatory: z.record(z.string(), z.array(z.string())),
  inlineEditable: z.array(z.string()),
});

export const describeAnswerSchema = z.object({
  contract: z.int(),
  build: z.string(),
  account: z.string(),
  /** Release of NetSuite, such as `2026.2`; scripts of an earlier build do not tell it. */
  release: z.optional(z.string()),
  features: z.record(z.string(), z.boolean()),
  role: z.object({ id: z.string(), name: z.optional(z.string()), user: z.optional(z.string()) }),
  permissions: z.object({ missing: z.array(z.string()) }),
  limits: z.object({
    unitsPerRequest: z.int(),
    maxOperations: z.int(),
    defaultBudgetMs: z.int(),
    maxBudgetMs: z.int(),
    /** Whether this role may start Map/Reduce scripts on demand, or waits for their schedule. */
    onDemand: z.boolean(),
  }),
  /** Outbox rows waiting, and captures that could not write one. */
  outbox: z.optional(z.object({ waiting: z.int(), lost: z.int() })),
  types: z.record(z.string(), describeTypeSchema),
  /** What the names asked for (`names`, a JSON list) stand for. */
  names: z.optional(z.array(resolvedNameSchema)),
});

export type ResolvedName = z.infer<typeof resolvedNameSchema>;
export type DescribeAnswer = z.infer<typeof describeAnswerSchema>;
export type DescribeType = z.infer<typeof describeTypeSchema>;
