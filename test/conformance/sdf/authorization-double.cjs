#!/usr/bin/env node
// Answers, in place of Oracle's Java authorization program, the calls that suitecloud-cli 4.1 makes of it: a test has no account to log in to.
const args = process.argv.slice(2);
if (args.includes('-version')) {
  console.error('openjdk version "17.0.0" 2021-09-14');
  process.exit(0);
}
const command = args[args.indexOf('-jar') + 2];
const success = (data) => process.stdout.write(JSON.stringify({ status: 'SUCCESS', data, errorMessages: [] }));
const account = { companyName: 'Emulated', companyId: 'TSTDRV1', roleName: 'Administrator', roleId: '3' };
if (command === 'inspectauthorization') success({ needsReauthorization: false });
else if (command === 'manageauth') success({ hostInfo: { hostName: process.env.EMULATED_HOST }, accountInfo: account });
else if (command === 'forcerefreshauthorization' || command === 'refreshauthorization')
  success({ accessToken: process.env.EMULATED_TOKEN });
else process.stdout.write(JSON.stringify({ status: 'ERROR', errorMessages: [`no answer for ${command}`] }));
