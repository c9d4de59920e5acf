import { hoursOf } from '../suiteql/catalog/duration';
import { extract, rawField } from './fields';
import type { SearchField } from './field-type';

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);

/** Hours of the time entries for a task; what the record was given counts where it has none here. */
const worked = (alias: string, given: string): string =>
  `COALESCE((SELECT SUM(${hoursOf('t')}) FROM record t WHERE t.type IN ('timebill', 'timeentry') AND ${own('t', 'casetaskevent')} = CAST(${alias}.id AS TEXT)), ` +
  `${own(alias, given)}, 0)`;

const share = (alias: string, done: string, budget: string): SearchField =>
  rawField(
    `COALESCE(${own(alias, 'percenttimecomplete')}, CASE WHEN ${budget} > 0 THEN ora_round(${done} * 100 / ${budget}, 2) END)`,
    'percent',
  );

const budget = (alias: string): string =>
  `COALESCE(${own(alias, 'estimatedtimeoverride')}, ${own(alias, 'estimatedtime')})`;

export const TASK: Record<string, Make> = {
  actualtime: (alias) => rawField(worked(alias, 'actualtime'), 'float'),
  timeremaining: (alias) =>
    rawField(`COALESCE(${own(alias, 'timeremaining')}, ${budget(alias)} - ${worked(alias, 'actualtime')})`, 'float'),
  percenttimecomplete: (alias) => share(alias, worked(alias, 'actualtime'), budget(alias)),
};

export const PROJECT_TASK: Record<string, Make> = {
  actualwork: (alias) => rawField(worked(alias, 'actualwork'), 'float'),
  percenttimecomplete: (alias) => share(alias, worked(alias, 'actualwork'), own(alias, 'estimatedwork')),
};

/** The last message of a case, by the case itself or as a record of its own. */
export const SUPPORT_CASE: Record<string, Make> = {
  lastmessagedate: (alias) =>
    rawField(
      `COALESCE((SELECT MAX(COALESCE(${own('m', 'messagedate')}, ${own('m', 'datecreated')})) FROM record m WHERE m.type = 'message' ` +
        `AND ${own('m', 'activity')} = CAST(${alias}.id AS TEXT)), ${own(alias, 'lastmessagedate')})`,
      'datetime',
    ),
};
