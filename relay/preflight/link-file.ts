import * as z from 'zod';
import type { PreflightReport } from './run-preflight';

interface Named {
  /** The CRM's name of the object: two objects of HubSpot may use the same number. */
  object?: string | undefined;
  crmId: string;
}

/** Pairs that are linked, and records a person has to decide about before they are loaded. */
export interface LinkFile {
  links: (Named & { internalId: string })[];
  open: Named[];
}

const named = { object: z.string().min(1).optional(), crmId: z.string().min(1) };
const schema = z.strictObject({
  links: z.array(z.looseObject({ ...named, internalId: z.string().regex(/^\d+$/) })),
  open: z.array(z.looseObject(named)).default([]),
});

/** Sure pairs as links; the others as open: move one to `links`, or take it out to have it created. */
export function toLinkFile(reports: readonly Pick<PreflightReport, 'object' | 'links'>[]): LinkFile {
  const plans = reports.flatMap(({ object, links }) => (links === null ? [] : [{ object, plan: links }]));
  const pairs = plans.flatMap(({ object, plan }) => plan.proposals.map((one) => ({ object, ...one })));
  return {
    links: pairs.filter(({ confidence }) => confidence === 'sure'),
    open: [
      ...pairs.filter(({ confidence }) => confidence === 'ask'),
      ...plans.flatMap(({ object, plan }) => plan.ambiguous.map((one) => ({ object, ...one }))),
    ],
  };
}

/** What a file says about one object. Throws a `ZodError` for a file of another form. */
export function parseLinkFile(text: string, object: string): LinkFile {
  const { links, open } = schema.parse(JSON.parse(text));
  const isMeant = (one: Named): boolean => one.object === undefined || one.object === object;
  return { links: links.filter(isMeant), open: open.filter(isMeant) };
}
