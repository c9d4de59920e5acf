import * as z from 'zod';
import { directRecordSchema, explainIssues } from '../../../contract';
import type { DirectRecord } from '../../../contract';
import { pointerOf, ProblemError } from '../problem';
import type { ProblemDetail } from '../problem';
import { inSteps } from './in-steps';

/** A record as the CRM's own REST API returns it: any object. What it must hold is the flow's matter. */
const crmRecordSchema = z.record(z.string(), z.unknown()).meta({
  description: "The record as the CRM's REST API returns it; source `direct`: an operation of the contract.",
});

export const upsertOptionsSchema = z.strictObject({
  lane: z
    .enum(['realtime', 'bulk'])
    .optional()
    .meta({ description: 'Default: realtime up to 200 records, bulk above.' }),
  links: z
    .record(z.string(), z.string().regex(/^\d{1,20}$/, 'is an internal id: digits'))
    .optional()
    .meta({
      description:
        'Internal ids of NetSuite records by id of the CRM record, for pairs that a person confirmed: they are linked, nothing is created for them.',
    }),
});

/** Body of POST /v1/upserts and POST /v1/validate. */
export const upsertEnvelopeSchema = z.strictObject({
  source: z.string().min(1).meta({ description: 'Name of the configured source, or `direct`.' }),
  object: z.string().min(1).optional().meta({ description: "The CRM's name of the object; not needed for `direct`." }),
  records: z.array(crmRecordSchema).min(1),
  options: upsertOptionsSchema.optional(),
});

export type UpsertEnvelope = z.infer<typeof upsertEnvelopeSchema>;

/** Checks an envelope as a whole; a body that fails is refused with a pointer to every fault and nothing is stored. */
export function parseEnvelope(body: unknown, maxRecords: number): UpsertEnvelope {
  const records = (body as { records?: unknown } | null)?.records;
  if (Array.isArray(records) && records.length > maxRecords) {
    throw new ProblemError(
      'payload-too-large',
      `The request holds ${records.length} records; ${maxRecords} are allowed. Split it and give each part its own Idempotency-Key.`,
    );
  }
  const parsed = upsertEnvelopeSchema.safeParse(body, { reportInput: true });
  if (!parsed.success) throw invalid(schemaDetails(parsed.error.issues));
  return parsed.data;
}

/** Operations given by the caller (`direct`), each checked against the contract. */
export async function parseDirectRecords(
  records: readonly unknown[],
  at: readonly PropertyKey[] = ['records'],
): Promise<DirectRecord[]> {
  const errors: ProblemDetail[] = [];
  const parsed: DirectRecord[] = [];
  await inSteps(records, (record, index) => {
    const result = directRecordSchema.safeParse(record, { reportInput: true });
    if (result.success) parsed.push(result.data);
    else errors.push(...schemaDetails(result.error.issues, [...at, index]));
  });
  if (errors.length > 0) throw invalid(errors);
  return parsed;
}

/** At most so many faults are named: a body may hold a thousand of the same kind. */
const MAX_DETAILS = 50;

const invalid = (errors: ProblemDetail[]): ProblemError =>
  new ProblemError(
    'validation-failed',
    `${errors.length === 1 ? 'One value is' : `${errors.length} values are`} not valid; nothing was stored. ${errors[0]?.pointer ?? '#'} ${errors[0]?.detail ?? ''}`,
    { errors: errors.slice(0, MAX_DETAILS) },
  );

/** Schema issues (parsed with `reportInput`) as problem details; the value was found at `at`. */
export function schemaDetails(issues: readonly z.core.$ZodIssue[], at: readonly PropertyKey[] = []): ProblemDetail[] {
  const sentences = explainIssues(issues);
  return issues.map((issue, index) => ({
    pointer: pointerOf([...at, ...issue.path]),
    detail: sentences[index]?.message ?? issue.message,
    code: issue.code,
  }));
}
