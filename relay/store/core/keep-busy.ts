/** A lost call may still write these records, each until its moment; a later moment that is known already stays. */
export const KEEP_BUSY = `UPDATE rec SET busy_until=CASE WHEN COALESCE(rec.busy_until,0)>v.until THEN rec.busy_until ELSE v.until END
  @each(rkey text, until bigint) WHERE rec.rkey=v.rkey`;
