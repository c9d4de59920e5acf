import type { ConfigIssue } from './config-error';
import type { RelayConfig } from './schema';

/** Names that must be unique, and names that must exist. */
export function checkReferences(config: RelayConfig): ConfigIssue[] {
  return [
    ...duplicates(
      config.sources.map(({ name }) => name),
      (index) => `sources.${index}.name`,
      'source',
    ),
    ...duplicates(
      // As NetSuite writes it and as its addresses do: one account, whose slots must not be counted twice.
      config.netsuite.map(({ account }) => account.toUpperCase().replaceAll('-', '_')),
      (index) => `netsuite.${index}.account`,
      'account',
    ),
    ...duplicates(
      config.crm.map(({ name }) => name),
      (index) => `crm.${index}.name`,
      'CRM',
    ),
    ...keyIssues(config),
    ...tokenIssues(config),
    ...accountIssues(config),
    ...crmIssues(config),
    ...slotIssues(config),
  ];
}

function duplicates(names: readonly string[], at: (index: number) => string, what: string): ConfigIssue[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ path: at(index), message: `names the ${what} ${name} a second time` }],
  );
}

function keyIssues(config: RelayConfig): ConfigIssue[] {
  const seen = new Map<string, string>();
  const issues: ConfigIssue[] = [];
  config.sources.forEach((source, s) =>
    source.keys.forEach((key, k) => {
      const path = `sources.${s}.keys.${k}.sha256`;
      const first = seen.get(key.sha256);
      if (first !== undefined)
        issues.push({ path, message: `is the same key as ${first}; every source needs its own` });
      else seen.set(key.sha256, path);
    }),
  );
  return issues;
}

/** Two sources whose tokens nothing tells apart: all would count as the first one's. */
function tokenIssues(config: RelayConfig): ConfigIssue[] {
  const seen = new Map<string, string>();
  return config.sources.flatMap(({ name, jwt }, index) => {
    if (!jwt) return [];
    const { issuer, audience, subject, jwksUrl, jwksFile } = jwt;
    const token = JSON.stringify([issuer, audience, subject, jwksUrl, jwksFile]);
    const first = seen.get(token);
    seen.set(token, first ?? name);
    if (first === undefined) return [];
    const message = `takes the same tokens as the source ${first}: give each an audience or a subject of its own`;
    return [{ path: `sources.${index}.jwt`, message }];
  });
}

function accountIssues(config: RelayConfig): ConfigIssue[] {
  const accounts = new Set(config.netsuite.map(({ account }) => account));
  return config.sources.flatMap((source, index) =>
    source.account === undefined || accounts.has(source.account)
      ? []
      : [
          {
            path: `sources.${index}.account`,
            message: `names ${source.account}, which is not among netsuite[].account (${[...accounts].join(', ')})`,
          },
        ],
  );
}

function slotIssues(config: RelayConfig): ConfigIssue[] {
  const reserved = config.lanes.realtime.reserved + config.lanes.bulk.reserved + config.lanes.replay.reserved;
  return config.netsuite.flatMap(({ concurrency }, index) => {
    const usable = Math.min(concurrency.limit - concurrency.headroom, concurrency.allotment ?? Infinity);
    const path = `netsuite.${index}.concurrency`;
    if (usable < 1) return [{ path, message: 'leaves no slot: limit minus headroom must be at least 1' }];
    if (reserved >= usable && usable > 1) {
      return [
        { path, message: `has ${usable} usable slots, but lanes reserve ${reserved}: leave at least one unreserved` },
      ];
    }
    return [];
  });
}

/** Notifications of HubSpot and Salesforce name a record without its values: it has to be read somewhere. */
function crmIssues(config: RelayConfig): ConfigIssue[] {
  return config.sources.flatMap((source, index) => {
    const named = config.crm.some(({ name }) => name === (source.crm ?? source.name));
    if (source.crm !== undefined && !named) {
      return [{ path: `sources.${index}.crm`, message: `names ${source.crm}, which is not among crm[].name` }];
    }
    const hooks = source.hubspot ? 'hubspot' : source.salesforce ? 'salesforce' : null;
    if (hooks === null || named || config.crm.some(({ kind }) => kind === source.kind)) return [];
    return [
      {
        path: `sources.${index}.${hooks}`,
        message: `takes notifications, which name a record without its values; add a crm entry of kind ${hooks} from which it can be read`,
      },
    ];
  });
}
