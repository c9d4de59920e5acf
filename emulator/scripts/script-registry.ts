import type { Statement } from 'better-sqlite3';
import { settingOf } from '../kernel/setting-of';
import type { Account, Deployment, FieldMeta, Fields, Json, ScriptFile, Scripts } from '../kernel/types';
import { cabinet } from '../modules/cabinet';
import { roleBook } from '../permissions/role-book';
import { readScriptHeader } from '../sdf/script-header';
import { DEPLOYMENT_DEFAULTS } from './definitions';
import type { DeploymentDefinition, DeploymentDetails, ParameterDefinition, ScriptDefinition } from './definitions';
import { parameterValue } from './parameter-value';

/** `scripttype` on the script record, and the record type that scripts load it by. */
const RECORD_OF_TYPE: Record<string, { scripttype: string; recordType: string }> = {
  restlet: { scripttype: 'RESTLET', recordType: 'restlet' },
  userevent: { scripttype: 'USEREVENT', recordType: 'usereventscript' },
  mapreduce: { scripttype: 'MAPREDUCE', recordType: 'mapreducescript' },
  scheduled: { scripttype: 'SCHEDULED', recordType: 'scheduledscript' },
  suitelet: { scripttype: 'SCRIPTLET', recordType: 'suitelet' },
  massupdate: { scripttype: 'MASSUPDATE', recordType: 'massupdatescript' },
  workflowaction: { scripttype: 'ACTION', recordType: 'workflowactionscript' },
};

interface Entry {
  internalId: string;
  script: ScriptDefinition;
  deployments: { internalId: string; definition: DeploymentDefinition }[];
}

/**
 * Scripts and deployments. What an administrator or a script may change later (status, deployed, log level, parameter values)
 * is read from the `scriptdeployment` record each time its version moved on; the rest is kept here.
 */
export class ScriptRegistry implements Scripts {
  private readonly account: Account;
  private entries = new Map<string, Entry>();
  private ownEpoch = 0;
  private versionOf: Statement | undefined;
  private shapeOf: Statement | undefined;
  private shape = '';
  private readonly states = new Map<string, { version: number; details: DeploymentDetails }>();

  constructor(account: Account) {
    this.account = account;
  }

  get epoch(): number {
    return this.ownEpoch + cabinet(this.account).epoch;
  }

  file(path: string): ScriptFile | undefined {
    return cabinet(this.account).scriptFile(path);
  }

  /** Takes up deployments that a script has made as records (N/record create or copy). Asked before each look-up, so it reads two numbers only. */
  private adoptRecords(): void {
    this.shapeOf ??= this.account.store.db
      .prepare("SELECT count(*) || ' ' || coalesce(max(id), 0) FROM record WHERE type = 'scriptdeployment'")
      .pluck();
    const shape = String(this.shapeOf.get());
    if (shape === this.shape) return;
    this.shape = shape;
    const known = new Set([...this.entries.values()].flatMap((entry) => entry.deployments.map((d) => d.internalId)));
    for (const record of this.account.store.list('scriptdeployment')) {
      const entry = known.has(record.id!) ? undefined : this.entry(String(record.fields.script ?? ''));
      if (!entry) continue;
      const definition = adoptedDefinition(entry.deployments[0]?.definition, record.fields);
      const deployments = [...entry.deployments, { internalId: record.id!, definition }];
      this.entries.set(entry.script.scriptId, { ...entry, deployments });
    }
  }

  /** Adds or replaces a script with its deployments; internal ids stay when the script id is known already. */
  register(script: ScriptDefinition): {
    internalId: string;
    deployments: { deploymentId: string; internalId: string }[];
  } {
    const known = this.entries.get(script.scriptId);
    for (const parameter of script.parameters)
      this.account.registry.addField(['scriptdeployment'], parameterField(parameter));
    const internalId = this.writeScript(script, known?.internalId ?? this.storedId('script', script.scriptId));
    const deployments = script.deployments.map((definition) => {
      const { deploymentId } = definition;
      const before =
        known?.deployments.find((d) => d.definition.deploymentId === deploymentId)?.internalId ??
        this.storedId('scriptdeployment', deploymentId, internalId);
      return { internalId: this.writeDeployment(internalId, script, definition, before), definition };
    });
    this.shape = '';
    this.entries.set(script.scriptId, { internalId, script, deployments });
    this.ownEpoch++;
    this.states.clear();
    return {
      internalId,
      deployments: deployments.map((d) => ({ deploymentId: d.definition.deploymentId, internalId: d.internalId })),
    };
  }

  has(scriptId: string): boolean {
    return this.entries.has(scriptId.toLowerCase());
  }

  find(script: string, deployment: string): DeploymentDetails | undefined {
    this.adoptRecords();
    const entry = this.entry(script);
    const wanted = deployment.toLowerCase();
    if (!entry) return undefined;
    // A number is the deployment's number on its script (`deploy=1`), or else its internal id.
    const { deployments } = entry;
    const found =
      deployments.find((d) => d.definition.deploymentId === wanted) ??
      (/^\d+$/.test(wanted)
        ? (deployments[Number(wanted) - 1] ?? deployments.find((d) => d.internalId === wanted))
        : undefined);
    return found && this.details(entry, found);
  }

  /** All deployments of a script, by script id or internal id. */
  deploymentsOf(script: string): DeploymentDetails[] {
    this.adoptRecords();
    const entry = this.entry(script);
    return entry ? entry.deployments.map((d) => this.details(entry, d)) : [];
  }

  all(): DeploymentDetails[] {
    return [...this.entries.values()].flatMap((entry) => entry.deployments.map((d) => this.details(entry, d)));
  }

  userEvents(recordType: string): DeploymentDetails[] {
    const type = recordType.toLowerCase();
    const found: DeploymentDetails[] = [];
    for (const entry of this.entries.values()) {
      if (entry.script.type !== 'userevent') continue;
      for (const deployment of entry.deployments) {
        const { recordType: own } = deployment.definition;
        if (own !== null && own !== type) continue;
        const details = this.details(entry, deployment);
        if (details.deployed) found.push(details);
      }
    }
    return found;
  }

  /** For reset: answers what brings the present scripts back (their records are restored by the kernel). */
  snapshot(): () => void {
    const entries = new Map(this.entries);
    return () => {
      this.entries = new Map(entries);
      this.states.clear();
      this.shape = '';
      this.ownEpoch++;
    };
  }

  private entry(script: string): Entry | undefined {
    const wanted = script.toLowerCase();
    return this.entries.get(wanted) ?? [...this.entries.values()].find((e) => e.internalId === wanted);
  }

  private details(entry: Entry, { internalId, definition }: Entry['deployments'][number]): DeploymentDetails {
    this.versionOf ??= this.account.store.db.prepare(
      "SELECT version FROM record WHERE type = 'scriptdeployment' AND id = ?",
    );
    const row = this.versionOf.get(Number(internalId)) as { version: number } | undefined;
    const cached = this.states.get(internalId);
    if (cached && cached.version === row?.version) return cached.details;
    const fields = this.account.store.get('scriptdeployment', internalId)?.fields ?? {};
    const details = this.combine(entry, internalId, definition, fields, row !== undefined);
    this.states.set(internalId, { version: row?.version ?? 0, details });
    return details;
  }

  private combine(
    entry: Entry,
    internalId: string,
    definition: DeploymentDefinition,
    fields: Fields,
    exists: boolean,
  ): DeploymentDetails {
    const { script } = entry;
    const parameters: Record<string, Json> = {};
    for (const parameter of script.parameters) {
      const stored = fields[parameter.id];
      const raw = stored === undefined || stored === null ? parameter.default : stored;
      parameters[parameter.id] = parameterValue(parameter.type, raw);
    }
    return {
      scriptId: script.scriptId,
      deploymentId: definition.deploymentId,
      scriptInternalId: entry.internalId,
      deploymentInternalId: internalId,
      type: script.type,
      name: script.name,
      title: definition.title || script.name,
      path: script.path,
      apiVersion: this.apiVersion(script.path),
      status: (fields.status as Deployment['status'] | undefined) ?? definition.status,
      deployed: exists && !script.inactive && fields.isdeployed !== false,
      logLevel: (fields.loglevel as Deployment['logLevel'] | undefined) ?? definition.logLevel,
      parameters,
      runAsRole: definition.runAs === null ? null : (roleBook(this.account).find(definition.runAs)?.id ?? null),
      audienceRoles: this.audience(definition),
      recordType: definition.recordType,
      eventTypes: definition.eventTypes,
      executionContexts: definition.executionContexts,
      priority: definition.priority,
      definition,
      parameterTypes: Object.fromEntries(script.parameters.map((p) => [p.id, p])),
    };
  }

  /** `2.x` runs as 2.0 unless the account executes such scripts as 2.1 (page bridgehead_4387808822). */
  private apiVersion(path: string): '2.0' | '2.1' {
    const tag = readScriptHeader(this.file(path)?.source ?? '').apiVersion?.toLowerCase();
    const preference = settingOf(this.account, 'preference2xAs21', false);
    return tag === '2.1' || (tag === '2.x' && preference) ? '2.1' : '2.0';
  }

  /** Roles are named by script id or internal id; names nobody has admit nobody. */
  private audience({ audienceRoles }: DeploymentDefinition): number[] | null {
    return audienceRoles?.flatMap((name) => roleBook(this.account).find(name)?.id ?? []) ?? null;
  }

  /** The record that an earlier process left in the account's data folder: scripts keep their ids over restarts. */
  private storedId(type: 'script' | 'scriptdeployment', scriptId: string, script?: string): string | null {
    const found = this.account.store
      .list(type)
      .find(({ fields }) => fields.scriptid === scriptId && (script === undefined || fields.script === script));
    return found?.id ?? null;
  }

  private writeScript(script: ScriptDefinition, id: string | null): string {
    const { scripttype, recordType } = RECORD_OF_TYPE[script.type] ?? {
      scripttype: script.type.toUpperCase(),
      recordType: script.type,
    };
    const fields: Fields = {
      name: script.name,
      scriptid: script.scriptId,
      scripttype,
      description: script.description,
      scriptfile: cabinet(this.account).fileId(script.path) ?? null,
      apiversion: readScriptHeader(this.file(script.path)?.source ?? '').apiVersion ?? null,
      isinactive: script.inactive,
      owner: '-5',
    };
    const saved = this.put('script', id, fields);
    this.put(recordType, saved, fields);
    return saved;
  }

  private writeDeployment(
    scriptInternalId: string,
    script: ScriptDefinition,
    definition: DeploymentDefinition,
    id: string | null,
  ): string {
    const { store } = this.account;
    const before = id === null ? {} : (store.get('scriptdeployment', id)?.fields ?? {});
    return this.put('scriptdeployment', id, {
      ...before,
      script: scriptInternalId,
      scriptid: definition.deploymentId,
      title: definition.title || script.name,
      status: definition.status,
      isdeployed: definition.deployed,
      loglevel: definition.logLevel,
      recordtype: definition.recordType?.toUpperCase() ?? null,
      runasrole: definition.runAs === null ? null : String(roleBook(this.account).find(definition.runAs)?.id ?? ''),
      ...Object.fromEntries(Object.entries(definition.parameters).map(([key, v]) => [key, v as Fields[string]])),
    });
  }

  private put(type: string, id: string | null, fields: Fields): string {
    const { store } = this.account;
    const version = id === null ? 0 : (store.get(type, id)?.version ?? 0);
    return store.put({ type, id, externalId: null, version, fields, sublists: {}, subrecords: {} }).id ?? '';
  }
}

/** A deployment made as a record runs as the script's first one does, but for what its fields say. */
function adoptedDefinition(like: DeploymentDefinition | undefined, fields: Fields): DeploymentDefinition {
  return {
    ...DEPLOYMENT_DEFAULTS,
    ...like,
    deploymentId: String(fields.scriptid ?? '').toLowerCase(),
    title: String(fields.title ?? ''),
    status: (fields.status as Deployment['status'] | undefined) ?? 'NOTSCHEDULED',
    recordType: typeof fields.recordtype === 'string' ? fields.recordtype.toLowerCase() : null,
    parameters: {},
    recurrence: null,
  };
}

const FIELD_TYPES: Record<string, FieldMeta['type']> = { CHECKBOX: 'checkbox', INTEGER: 'integer', DATE: 'date' };

/** A script parameter as a field of the script's deployment records. */
const parameterField = ({ id, type, label }: ParameterDefinition): FieldMeta => ({
  id,
  label: label || id,
  type: FIELD_TYPES[type.toUpperCase()] ?? 'text',
  custom: true,
  inlineEditable: true,
});

export const scriptRegistry = (account: Account): ScriptRegistry => account.parts.get('scripts') as ScriptRegistry;
