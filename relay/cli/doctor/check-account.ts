import { describeAnswerSchema } from '../../../contract';
import type { NetSuiteConfig } from '../../config/schema-netsuite';
import type { NamedRecord } from '../../../flows/names-of-flows';
import { resolveNames, wrongNames, type CallFailure, type RestletClient } from '../../netsuite';
import { baseUrlOf, connectNetSuite, tokenUrlOf } from '../../runtime/connect-netsuite';
import { bad, ok, warn } from './findings';
import type { Finding } from './findings';
import { judgeDescribe } from './judge-describe';

const ANSWER_MS = 60_000;
/** NetSuite takes signatures whose time is up to five minutes off (Oracle page section_1534941088). */
const WORST_SKEW_MS = 300_000;
const GOOD_SKEW_MS = 60_000;

/** Asks the account's own scripts; what fails before is explained. */
export async function checkAccount(
  netsuite: NetSuiteConfig,
  types: readonly string[],
  names: readonly NamedRecord[],
): Promise<Finding[]> {
  const subject = `NetSuite ${netsuite.account}`;
  const skew = await checkClock(subject, netsuite);
  let client: ReturnType<typeof connectNetSuite>;
  try {
    client = connectNetSuite(netsuite, 5_000);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      bad(`${subject}: key`, reason, '`suiterelay keygen` makes a key and its certificate; see netsuite[].auth.'),
    ];
  }
  try {
    const answer = await client.call({
      script: 'customscript_srl_describe',
      deploy: 'customdeploy_srl_describe',
      method: 'GET',
      query: { types: types.join(',') },
      answerMs: ANSWER_MS,
    });
    if (!answer.ok) return [...skew, explainFailure(subject, netsuite, answer.failure)];
    const parsed = describeAnswerSchema.safeParse(answer.body);
    const connected = ok(`${subject}: connection`, `${netsuite.auth.type}, answered in ${answer.ms} ms`);
    return parsed.success
      ? [
          ...skew,
          connected,
          ...judgeDescribe(netsuite.account, parsed.data),
          ...(await checkNames(client, netsuite.account, names)),
        ]
      : [
          ...skew,
          connected,
          bad(`${subject}: scripts`, 'describe answered in another form', 'Deploy the scripts of this version.'),
        ];
  } finally {
    await client.close();
  }
}

/** What the flows name in the account: a missing one would fail every record that needs it. */
async function checkNames(client: RestletClient, account: string, names: readonly NamedRecord[]): Promise<Finding[]> {
  if (names.length === 0) return [];
  const subject = `NetSuite ${account}: names`;
  const found = await resolveNames(client, names);
  if (!found.ok) {
    const { code, message } = found.failure;
    return [warn(subject, `${code}: ${message}`, 'Deploy the scripts of this version.')];
  }
  const wrong = wrongNames(names, found.value).map(({ name, problem, remedy }) =>
    bad(`NetSuite ${account}: ${name.recordType} "${name.value}"`, problem, remedy),
  );
  return wrong.length > 0 ? wrong : [ok(subject, `${names.length} names of the flows are there`)];
}

function explainFailure(subject: string, netsuite: NetSuiteConfig, failure: CallFailure): Finding {
  const message = `${failure.code}: ${failure.message}`;
  if (failure.login) {
    const remedy =
      netsuite.auth.type === 'oauth2'
        ? `Check clientId, certificateId and key; the mapping is deleted by a sandbox refresh. Token endpoint: ${tokenUrlOf(netsuite)}.`
        : 'Check the four token values and the realm; NetSuite shows why at Setup > Users/Roles > View Login Audit Trail.';
    return bad(`${subject}: login`, message, remedy);
  }
  if (failure.kind === 'unsent') {
    return bad(`${subject}: connection`, message, `Is ${baseUrlOf(netsuite)} right, and reachable from here?`);
  }
  if (failure.class === 'throttle') {
    return warn(
      `${subject}: concurrency`,
      message,
      'All slots are in use by others at this moment; try again, or lower concurrency.limit.',
    );
  }
  return bad(
    `${subject}: scripts`,
    message,
    'Deploy the project (npm run deploy) and give the role the RESTlets (Deployments > Audience).',
  );
}

/** Signed requests are refused when this machine's clock is wrong. */
async function checkClock(subject: string, netsuite: NetSuiteConfig): Promise<Finding[]> {
  try {
    const before = Date.now();
    const answer = await fetch(baseUrlOf(netsuite), {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return [];
    const skewMs = Math.abs((before + Date.now()) / 2 - theirs);
    const seconds = `${Math.round(skewMs / 1000)} s off`;
    if (skewMs < GOOD_SKEW_MS) return [ok(`${subject}: clock`, 'agrees with NetSuite')];
    const remedy = "Set this machine's clock by NTP.";
    return [
      skewMs < WORST_SKEW_MS ? warn(`${subject}: clock`, seconds, remedy) : bad(`${subject}: clock`, seconds, remedy),
    ];
  } catch {
    return [];
  }
}
