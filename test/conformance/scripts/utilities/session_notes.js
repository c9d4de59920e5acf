/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/runtime'], (runtime) => ({
  post() {
    const out = {};
    const s = runtime.getCurrentSession();
    s.set({ name: 'step', value: 'one' });
    out.v = [s.get({ name: 'step' }), s.get({ name: 'none' })];
    const u = runtime.getCurrentUser();
    out.u = [typeof u.id, u.role, typeof u.email, u.subsidiary];
    out.env = [
      runtime.envType in { SANDBOX: 1, PRODUCTION: 1, BETA: 1 } ||
        Object.values(runtime.EnvType).includes(runtime.envType),
      runtime.executionContext,
      runtime.isFeatureInEffect({ feature: 'SUBSIDIARIES' }),
      runtime.getCurrentScript().id,
      runtime.getCurrentScript().deploymentId,
    ];
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
