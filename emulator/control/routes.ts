import { advanceClock } from './advance-clock';
import type { ControlAnswer } from './call';
import { changeSettings } from './change-settings';
import { clearFaults, listFaults, releaseFault, setFaults } from './faults';
import { issueControlToken } from './issue-token';
import { listExecutions } from './list-executions';
import { openForm, saveForm } from './user-interface';
import { addObjects, addScripts, runScript } from './project';
import { findRecord, listRecords, readRecord, seedRecords } from './records';
import { readLedger } from './read-ledger';
import { resetAccount } from './reset-account';

/** Every control call: method and path (`:name` takes one part of it) and who answers it. */
export const ROUTES: readonly (readonly [string, ControlAnswer])[] = [
  ['POST reset', resetAccount],
  ['POST token', issueControlToken],
  ['POST records', seedRecords],
  ['GET records/:type/:id', readRecord],
  ['GET records/:type', (call) => (call.query.has('externalId') ? findRecord(call) : listRecords(call))],
  ['POST ui/save', saveForm],
  ['POST ui/open', openForm],
  ['POST objects', addObjects],
  ['POST settings', changeSettings],
  ['GET settings', ({ front }) => front.account.settings],
  ['POST scripts', addScripts],
  ['POST scripts/:scriptId/:deploymentId/run', runScript],
  ['GET executions', listExecutions],
  ['GET ledger/:name', readLedger],
  ['POST clock', advanceClock],
  ['POST faults', setFaults],
  ['GET faults', listFaults],
  ['POST faults/:faultId/release', releaseFault],
  ['DELETE faults', clearFaults],
  ['GET concurrency', ({ front }) => front.admission.report()],
];
