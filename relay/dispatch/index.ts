export { RequestAnswers } from './request-answers';
export { spanIdOf } from './build-request';
export { Dispatch, type CallInfo, type DispatchOptions } from './dispatch';
export { FileNotRead, type FileReader } from './file-contents';
export { startWaker } from './start-waker';
export { startBulkJobs, type BulkJobOptions } from './bulk/start-bulk-jobs';
export { startPulling, type PullOptions } from './pull-events';
export { JobBell } from './bulk/job-bell';
