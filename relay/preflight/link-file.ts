import * as z from 'zod';
import type { LinkPlan } from './propose-links';

/** Pairs that are linked, and records a person has to decide about before they are loaded. */
export interface LinkFile {
  links: { crmId: string; internalId: string }[];
  open: { crmId: string }[];
}

const schema = z.strictObject({
  links: z.array(z.looseObject({ crmId: z.string().min(1), internalId: z.string().regex(/^\d+$/) })),
  open: z.array(z.looseObject({ crmId: z.string().min(1) })).default([]),
});

/** Sure pairs as links; the others as open: move one to `links`, or take it out to have it created. */
export function toLinkFile(plans: readonly LinkPlan[]): LinkFile {
  const proposals = plans.flatMap((plan) => plan.proposals);
  return {
    links: proposals.filter(({ confidence }) => confidence === 'sure'),
    open: [
      ...proposals.filter(({ confidence }) => confidence === 'ask'),
      ...plans.flatMap(({ ambiguous }) => ambiguous),
    ],
  };
}

/** Throws a `ZodError` for a file of another form. */
export const parseLinkFile = (text: string): LinkFile => schema.parse(JSON.parse(text));
