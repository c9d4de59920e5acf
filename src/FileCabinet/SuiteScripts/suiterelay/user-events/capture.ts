/**
 * Writes down every change of a record in the outbox, in the same save and without any call out; and clears stamps that a copy or a
 * transform has inherited.
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 * @NModuleScope SameAccount
 */
import type { EntryPoints } from 'N/types';
import { captureChange } from '../netsuite/capture-change';
import { prepareSave } from '../netsuite/prepare-save';

export const beforeSubmit: EntryPoints.UserEvent.beforeSubmit = prepareSave;

export const afterSubmit: EntryPoints.UserEvent.afterSubmit = captureChange;
