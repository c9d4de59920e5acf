import type { CrmRecord } from '../record-table';

/** Whom a call is of that the integration makes, and a person. */
export const INTEGRATION_USER = '005000000000001AAA';
export const PERSON_USER = '005000000000002AAA';

/** The permission sets of the package, each given to one user. */
export const givenSets = (): { object: string; record: CrmRecord & { Id: string } }[] =>
  [
    { name: 'SuiteRelay_Integration', user: INTEGRATION_USER },
    { name: 'SuiteRelay_User', user: PERSON_USER },
  ].flatMap(({ name, user }, at) => {
    const [set, assignment] = [`0PS00000000000${at}AAA`, `0Pa00000000000${at}AAA`];
    return [
      { object: 'PermissionSet', record: { Id: set, Name: name, Label: name.replace('_', ' ') } },
      {
        object: 'PermissionSetAssignment',
        record: { Id: assignment, PermissionSetId: set, AssigneeId: user, IsActive: true },
      },
    ];
  });
