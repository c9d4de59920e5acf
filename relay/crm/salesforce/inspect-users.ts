import type { CrmFinding } from '../../delivery/crm-adapter';
import { CrmCallError } from '../http-call';
import { soqlText } from './build-query';
import type { SalesforceClient, SalesforceOptions } from './salesforce-client';

const OWN = 'SuiteRelay_Integration';
const PEOPLE = 'SuiteRelay_User';
const GUIDE = 'docs/connect-salesforce.md';

/**
 * Who holds the permission sets of the package. Assignments are shown only to users who may view the setup (Object Reference,
 * "PermissionSetAssignment"); to others the fields tell, which are hidden without the permission set.
 */
export async function inspectUsers(
  client: SalesforceClient,
  { name, auth }: SalesforceOptions,
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const userId = await client.userId(signal);
  const who = auth.type === 'jwt' ? auth.username : (userId ?? 'the user');
  const subject = `${name}: user`;
  const isGiven = async (set: string, more = ''): Promise<boolean> => {
    const soql = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = ${soqlText(set)}${more} LIMIT 1`;
    for await (const page of client.query(soql, signal)) return page.length > 0;
    return false;
  };
  try {
    const own = userId !== null && (await isGiven(OWN, ` AND AssigneeId = ${soqlText(userId)}`));
    const people = await isGiven(PEOPLE);
    return [
      own
        ? { level: 'ok', subject, message: `${who} has ${OWN}` }
        : {
            level: 'warn',
            subject,
            message: `${who} does not have ${OWN}, so the triggers send its own saves back`,
            remedy: `Assign the permission set to the user (${GUIDE}, step 2.2), unless a permission set group gives it.`,
          },
      people
        ? { level: 'ok', subject: `${name}: people`, message: `${PEOPLE} is given` }
        : {
            level: 'warn',
            subject: `${name}: people`,
            message: `nobody has ${PEOPLE}: what people save is found by poll alone, and they don't see the fields`,
            remedy: `Assign it to everyone who saves accounts, contacts or opportunities (${GUIDE}, step 2.3), unless a permission set group gives it.`,
          },
    ];
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const message = `${who}; who has the permission sets is not shown to it (View Setup and Configuration): its fields tell`;
    return [{ level: 'ok', subject, message }];
  }
}
