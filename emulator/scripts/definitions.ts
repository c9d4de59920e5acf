import type { Deployment, Json, ScriptType } from '../kernel/types';

/** A script parameter as it is declared on the script record. */
export interface ParameterDefinition {
  /** `custscript_x`, lower case. */
  id: string;
  /** SDF field type: `TEXT`, `CHECKBOX`, `SELECT`, … */
  type: string;
  label: string;
  default: string | null;
}

/** When a deployment runs by itself; times are in the account's time zone. */
export interface Recurrence {
  kind: 'single' | 'daily' | 'everyweekday' | 'weekly' | 'monthly' | 'monthlydayofweek' | 'yearly' | 'yearlydayofweek';
  startDate: string;
  /** `HH:mm`. */
  startTime: string;
  endDate: string | null;
  /** Repeats within the day, minutes; null runs once a day. NetSuite's shortest is 15. */
  repeatMinutes: number | null;
  /** Days, weeks or months between runs. */
  every: number;
  weekdays: string[];
  orderOfWeek: string | null;
  dayOfWeek: string | null;
}

/** Who gets a free processor first (page section_1509578980). */
export type Priority = 'HIGH' | 'STANDARD' | 'LOW';

export interface DeploymentDefinition {
  deploymentId: string;
  title: string;
  status: Deployment['status'];
  deployed: boolean;
  recordType: string | null;
  logLevel: Deployment['logLevel'];
  parameters: Record<string, Json>;
  /** Role id or script id; null runs as the current role. */
  runAs: string | null;
  eventTypes: string[] | null;
  executionContexts: string[] | null;
  /** Roles that may run it; null admits all. */
  audienceRoles: string[] | null;
  concurrencyLimit: number;
  bufferSize: number;
  yieldAfterMinutes: number;
  priority: Priority;
  recurrence: Recurrence | null;
}

export interface ScriptDefinition {
  scriptId: string;
  name: string;
  description: string;
  type: ScriptType;
  /** `/SuiteScripts/a/b.js`. */
  path: string;
  inactive: boolean;
  parameters: ParameterDefinition[];
  deployments: DeploymentDefinition[];
}

/** A deployment with everything its runner needs. */
export interface DeploymentDetails extends Deployment {
  priority: Priority;
  definition: DeploymentDefinition;
  parameterTypes: Record<string, ParameterDefinition>;
}

export const DEPLOYMENT_DEFAULTS: Omit<DeploymentDefinition, 'deploymentId'> = {
  title: '',
  status: 'RELEASED',
  deployed: true,
  recordType: null,
  logLevel: 'DEBUG',
  parameters: {},
  runAs: null,
  eventTypes: null,
  executionContexts: null,
  audienceRoles: null,
  // Oracle's page section_1509578980: two by default for a deployment made by hand; SDF's own default is 1.
  concurrencyLimit: 2,
  bufferSize: 1,
  yieldAfterMinutes: 60,
  priority: 'STANDARD',
  recurrence: null,
};
