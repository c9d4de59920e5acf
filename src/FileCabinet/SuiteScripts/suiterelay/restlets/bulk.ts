/**
 * Takes bulk loads: opens a job, stages its parts as files, starts it, tells its state and its results.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import { bulkRequestSchema } from '../../../../../contract/bulk-request';
import { appendPart, beginJob, jobResults, jobStatus, openJob } from '../netsuite/bulk-actions';
import { readBody } from '../netsuite/read-body';

export function post(body: unknown): object {
  const request = readBody(bulkRequestSchema, body);
  switch (request.action) {
    case 'open':
      return openJob(request.recordType, request.total);
    case 'append':
      return appendPart(request);
    case 'start':
      return beginJob(request.jobId);
    case 'status':
      return jobStatus(request.jobId);
    case 'results':
      return jobResults(request.jobId, request.after);
  }
}
