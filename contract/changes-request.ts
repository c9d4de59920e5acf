import * as z from 'zod/mini';

/** Part of the body of POST `customscript_srl_changes`. */
export const requestAnswerSchema = z.object({
  /** Internal id of the failure row: `internalId` of the request's event. Without it the row is found by its operation. */
  row: z.optional(z.string()),
  opId: z.optional(z.string()),
  answer: z.string(),
  /** True when the matter is settled; false leaves the row's state as it is. */
  closed: z.boolean(),
});

/** Body of POST `customscript_srl_changes`. */
export const acknowledgeSchema = z.object({
  acknowledge: z.array(z.string()).check(z.maxLength(1000)),
  /** What became of requests that administrators made on failure rows, and of operations that were decided in the relay. */
  answers: z.optional(z.array(requestAnswerSchema).check(z.maxLength(100))),
  /** Send what waits now, not with the next run of the schedule. */
  publish: z.optional(z.boolean()),
});

export type RequestAnswer = z.infer<typeof requestAnswerSchema>;
