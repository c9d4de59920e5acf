import * as z from 'zod/mini';
import { operationSchema } from './operation';

/** What a caller of the relay may send as source `direct`: an operation before the relay gives it identity and version. */
export const directRecordSchema = z.omit(operationSchema, { opId: true, version: true });

export type DirectRecord = z.input<typeof directRecordSchema>;
