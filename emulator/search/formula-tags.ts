import type { Account, Execution } from '../kernel/types';

/** What a tag of a formula stands for, as a formula without fields; undefined when the name is no tag. */
export type FormulaTag = (name: string) => string | undefined;

const OF_USER = /^user\.?(department|location|subsidiary|class)(\.id)?$/;

/**
 * Predefined tags (pages subsect_160492514847, section_4054298146): the present, and the user who searches with role, department,
 * location, subsidiary and class. `{today}` is the day without time, as in Oracle's example `{today} - {hiredate}` (section_46683898925).
 */
export const formulaTags =
  (account: Account, { user }: Execution): FormulaTag =>
  (name) => {
    if (name === 'today') return 'TRUNC(SYSDATE)';
    if (name === 'now') return 'SYSDATE';
    if (name === 'me' || name === 'user' || name === 'user.id') return String(user.entity);
    if (name === 'userrole' || name === 'userrole.id') return String(user.role);
    const field = OF_USER.exec(name)?.[1];
    if (field === undefined) return undefined;
    const id = Number(account.store.get('employee', String(user.entity))?.fields[field]);
    return Number.isInteger(id) && id !== 0 ? String(id) : 'NULL';
  };
