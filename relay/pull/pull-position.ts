import * as z from 'zod';

/** Where a job stands; kept in the store with what was read, so that a restart goes on where the last page ended. */
const positionSchema = z.object({
  /** What changed before this moment has been read, ISO 8601. */
  since: z.string(),
  /** Within a pass: the page to go on behind. */
  after: z.string().optional(),
  /** Within a pass: when its first page was read, ISO 8601. */
  passFrom: z.string().optional(),
  /** When the last pass began, ms since epoch. */
  ranAt: z.number().nullable(),
});
export type PullPosition = z.infer<typeof positionSchema>;

/** A pass looks back over the seconds in which saves were under way but not visible yet, in ms. */
const OVERLAP_MS = 120_000;
const BEGINNING = '1990-01-01T00:00:00Z';

export const START: PullPosition = { since: BEGINNING, ranAt: null };

export const isInitial = ({ since }: PullPosition): boolean => since === BEGINNING;
export const isUnderWay = ({ after }: PullPosition): boolean => after !== undefined;

/** What cannot be read begins anew: everything is compared with what was sent, so nothing is written twice. */
export function readPosition(text: string | null): PullPosition {
  if (text === null) return START;
  try {
    return positionSchema.parse(JSON.parse(text));
  } catch {
    return START;
  }
}

/** The position after a page. */
export function advance(
  position: PullPosition,
  page: { asOf: string; after?: string | undefined },
  nowMs: number,
): PullPosition {
  const passFrom = position.passFrom ?? page.asOf;
  const ranAt = isUnderWay(position) ? position.ranAt : nowMs;
  if (page.after !== undefined) return { since: position.since, after: page.after, passFrom, ranAt };
  return { since: new Date(Date.parse(passFrom) - OVERLAP_MS).toISOString(), ranAt };
}
