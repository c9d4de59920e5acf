import express from 'express';
import type { Express, Router } from 'express';
import { handleError, handleUnknown } from './handle-error';
import { hookRoute } from './hooks/hook-route';
import { hubspotHook, hubspotWorkflowHook } from './hooks/hubspot';
import { hubspotActionHook } from './hooks/hubspot-action';
import { salesforceHook } from './hooks/salesforce';
import { standardHook } from './hooks/standard';
import { observe } from './observe';
import { mountDocs } from './openapi/mount-docs';
import { authenticated } from './request-context';
import { refuseAmbiguous } from './refuse-ambiguous';
import { refuseNulInAddress } from './refuse-text';
import type { Route } from './request-context';
import { getOverview, postLane, postLend } from './routes/admin';
import { getContext } from './routes/context';
import { getReconcile, postForget, postPull, postReconcile } from './routes/pull';
import { postEvents } from './routes/cloud-events';
import {
  getFailure,
  linkFailure,
  listFailures,
  replayFailure,
  replayFailures,
  resolveFailure,
  skipFailure,
} from './routes/failures';
import { healthz, metricsRoute, readyz } from './routes/health';
import { postNetSuiteEvents } from './routes/netsuite-events';
import { cancelOperation, getOperation, listOperations, retryOperation } from './routes/operations';
import { getRecord, putRecord } from './routes/records';
import { getStream } from './routes/stream';
import { undoOperation } from './routes/undo-operation';
import { postUpserts } from './routes/upserts';
import { postValidate } from './routes/validate';
import type { RelayServices } from './services';

/** The relay's HTTP interface. `mount` adds what lies beside the API: documents and the console. */
export function createApp(services: RelayServices, mount: (app: Express) => void = () => undefined): Express {
  const app = express();
  const { config } = services.settings();
  app.disable('x-powered-by');
  app.set('etag', 'strong');
  app.set('trust proxy', config.trustProxy);
  app.use(observe(services));
  app.use(refuseAmbiguous);
  app.use(refuseNulInAddress);
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(services));
  app.get('/metrics', metricsRoute(services));
  mountDocs(app, services.publicUrl);
  app.use('/v1', apiRoutes(services));
  mount(app);
  app.use(handleUnknown);
  app.use(handleError(services));
  return app;
}

function apiRoutes(services: RelayServices): Router {
  const router = express.Router();
  const known = (route: Route) => authenticated(services, route);
  router.post('/upserts', known(postUpserts));
  router.post('/validate', known(postValidate));
  router.post('/events', known(postEvents));
  router.get('/operations', known(listOperations));
  router.get('/operations/:id', known(getOperation));
  router.post('/operations/:id/retry', known(retryOperation));
  router.post('/operations/:id/cancel', known(cancelOperation));
  router.post('/operations/:id/undo', known(undoOperation));
  router.get('/failures', known(listFailures));
  router.post('/failures/replay', known(replayFailures));
  router.get('/failures/:id', known(getFailure));
  router.post('/failures/:id/replay', known(replayFailure));
  router.post('/failures/:id/resolve', known(resolveFailure));
  router.post('/failures/:id/link', known(linkFailure));
  router.post('/failures/:id/skip', known(skipFailure));
  router.get('/context', known(getContext));
  router.get('/records/:type/:externalId', known(getRecord));
  router.put('/records/:type/:externalId', known(putRecord));
  router.post('/hooks/hubspot', hookRoute(services, hubspotHook));
  router.post('/hooks/hubspot-action', hookRoute(services, hubspotActionHook));
  router.post('/hooks/hubspot-workflow', hookRoute(services, hubspotWorkflowHook));
  router.post('/hooks/salesforce/outbound-message', hookRoute(services, salesforceHook));
  router.post('/hooks/salesforce/outbound-message/:secret', hookRoute(services, salesforceHook));
  router.post('/hooks/standard/:source', hookRoute(services, standardHook));
  router.post('/netsuite/events', postNetSuiteEvents(services));
  router.get('/admin/overview', known(getOverview));
  router.get('/admin/stream', known(getStream));
  router.post('/admin/pull', known(postPull));
  router.post('/admin/forget', known(postForget));
  router.get('/admin/reconcile', known(getReconcile));
  router.post('/admin/reconcile', known(postReconcile));
  router.post('/admin/pools/:pool/lend', known(postLend));
  router.post('/admin/pools/:pool/lanes/:lane', known(postLane));
  return router;
}
