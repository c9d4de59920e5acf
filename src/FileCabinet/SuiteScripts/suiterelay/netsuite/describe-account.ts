import cache from 'N/cache';
import runtime from 'N/runtime';
import type { DescribeAnswer, ResolvedName } from '../../../../../contract/describe';
import type { NamedReference } from '../../../../../contract/describe-request';
import { CONTRACT_VERSION, DEFAULT_BUDGET_MS, MAX_BUDGET_MS, MAX_OPERATIONS } from '../../../../../contract/version';
import { missingPermissions, ON_DEMAND } from '../governance/permissions';
import { OUTBOX, OUTBOX_FIELDS, PENDING } from '../outbox/outbox-fields';
import { describeType } from '../upsert/describe-type';
import { LOST_CACHE } from './capture-change';
import { mandatoryFields, openForm } from './mandatory-fields';
import { resolveNames } from '../upsert/resolve-names';
import { queries } from './query-port';
import { readRows } from './read-rows';
import { countRows } from './search-rows';

const FEATURES = [
  'SUBSIDIARIES',
  'MULTICURRENCY',
  'MULTILOCINVT',
  'INVENTORY',
  'ESTIMATES',
  'OPPORTUNITIES',
  'RETURNAUTHS',
  'ADVSHIPPING',
  'MULTPRICE',
];
const BUILD = '1.0.0';

/** What this account and the calling role can do, for the relay's start and its doctor. */
export function describeAccount(types: readonly string[], names: readonly NamedReference[] = []): DescribeAnswer {
  const user = runtime.getCurrentUser();
  const levelOf = (name: string): number => Number(user.getPermission({ name }));
  return {
    contract: CONTRACT_VERSION,
    build: BUILD,
    account: runtime.accountId,
    release: runtime.version,
    features: Object.fromEntries(
      FEATURES.map((feature) => [feature, runtime.isFeatureInEffect({ feature: feature as runtime.NetSuiteFeature })]),
    ),
    role: { id: String(user.role), name: user.roleId, user: user.email },
    permissions: { missing: missingPermissions(types, levelOf) },
    limits: {
      unitsPerRequest: 5000,
      maxOperations: MAX_OPERATIONS,
      defaultBudgetMs: DEFAULT_BUDGET_MS,
      maxBudgetMs: MAX_BUDGET_MS,
      onDemand: missingPermissions([], levelOf, ON_DEMAND).length === 0,
    },
    outbox: outboxState(),
    types: Object.fromEntries(types.map((type) => [type, describeType(type, queries, mandatoryFields(type))])),
    ...(names.length === 0 ? {} : { names: resolve(names) }),
  };
}

function outboxState(): { waiting: number; lost: number } {
  const [counted] = readRows({
    sql: `SELECT COUNT(*) AS waiting FROM ${OUTBOX} o WHERE o.${OUTBOX_FIELDS.state} = ?`,
    params: [PENDING],
    search: () => [[String(countRows(OUTBOX, [[OUTBOX_FIELDS.state, 'is', PENDING]]))]],
  });
  const counter = cache.getCache({ name: LOST_CACHE.name, scope: cache.Scope.PUBLIC });
  return { waiting: Number(counted?.[0] ?? 0), lost: Number(counter.get({ key: LOST_CACHE.key }) ?? 0) };
}

function resolve(names: readonly NamedReference[]): ResolvedName[] {
  const forms = names.filter(({ recordType }) => recordType === 'customform');
  const records = names.filter(({ recordType }) => recordType !== 'customform');
  return [
    ...resolveNames(records, queries),
    ...forms.map((form) => ({ ...form, ids: openForm(form.by, form.value) ? [form.value] : [], inactive: false })),
  ];
}
