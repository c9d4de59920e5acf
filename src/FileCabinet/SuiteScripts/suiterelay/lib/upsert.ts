/**
 * The upsert engine: prefetch, matching, differences, budget, writes. Shared by the RESTlet and by bulk loads.
 * @NApiVersion 2.1
 * @NModuleScope SameAccount
 */
export { Budget } from '../governance/budget';
export { toFailure } from '../upsert/operation-failure';
export { reserveFor } from '../upsert/reserve-units';
export { runBatch } from '../upsert/run-batch';
export { tools } from '../netsuite/tools';
