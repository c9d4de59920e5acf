import type { FlowInput } from './flow-schema';

type Cadence = NonNullable<FlowInput['cadence']>;

/** Rhythms of the flows that read NetSuite; any of them can be changed in the configuration. */
export const REALTIME: Cadence = { kind: 'realtime' };
export const FIVE_MINUTES: Cadence = { kind: 'microBatch', everySeconds: 300 };
export const TEN_MINUTES: Cadence = { kind: 'microBatch', everySeconds: 600 };
export const HOURLY: Cadence = { kind: 'schedule', cron: '0 * * * *', timeZone: 'UTC' };
/** At different times of the night, so that they do not all ask at once. */
export const nightly = (minute: number): Cadence => ({ kind: 'schedule', cron: `${minute} 3 * * *`, timeZone: 'UTC' });
