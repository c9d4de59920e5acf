import path from 'node:path';
import type { GuideStage, startGuideStage } from './guide-stage';

export type Given = Parameters<typeof startGuideStage>[0];

/** A step of a guide that was left out or done wrong, and the line by which the doctor names it. */
export interface Mistake {
  step: string;
  what: string;
  given?: Given;
  spoil?: (stage: GuideStage) => void | Promise<void>;
  says: RegExp;
}

export const OWN_FIELD = /^NetSuite_|^Payment_Terms__c$|^Send_to_NetSuite__c$/;
const forget = (stage: GuideStage, set: string): void => {
  const { table } = stage.org;
  const [id] = table.all('PermissionSet').find(([, { Name }]) => Name === set)!;
  for (const [, one] of table.all('PermissionSetAssignment'))
    if (one['PermissionSetId'] === id) one['IsDeleted'] = true;
};
const signInAnswers = (stage: GuideStage, error: string, description: string): void =>
  stage.org.intercept(({ path: where }) =>
    where === '/services/oauth2/token' ? { status: 400, body: { error, error_description: description } } : undefined,
  );

export const SALESFORCE_MISTAKES: readonly Mistake[] = [
  {
    step: '1',
    what: 'the package was not deployed',
    spoil: ({ org }) => {
      const { fields } = org.schema.get('Account')!;
      for (const name of [...fields.keys()]) if (OWN_FIELD.test(name)) fields.delete(name);
    },
    says: /^bad salesforce: Account: .* missing or hidden .*NetSuite_Balance__c.* → Deploy crm\/salesforce .* steps 1 and 2/,
  },
  {
    step: '1',
    what: 'the external id was deployed as an ordinary field',
    spoil: ({ org }) => {
      org.schema.get('NetSuite_Invoice__c')!.fields.get('NetSuite_Internal_ID__c')!.externalId = false;
    },
    says: /^bad salesforce: NetSuite_Invoice__c: records can not be found by: NetSuite_Internal_ID__c → Make it an External ID/,
  },
  {
    step: '2.1',
    what: 'the user is inactive',
    spoil: (stage) => signInAnswers(stage, 'inactive_user', 'user is inactive'),
    says: /^bad salesforce: sign-in: inactive_user.* → Activate the user.*step 2\.1/,
  },
  {
    step: '2.2',
    what: 'the user has no permission set',
    spoil: (stage) => forget(stage, 'SuiteRelay_Integration'),
    says: /^warn salesforce: user: relay@example\.com does not have SuiteRelay_Integration.* → .*step 2\.2/,
  },
  {
    step: '2.2',
    what: 'the user may read a field and not edit it',
    spoil: ({ org }) => {
      org.schema.get('Account')!.fields.get('NetSuite_Terms__c')!.readOnly = true;
    },
    says: /^bad salesforce: Account: .* read-only for the user: NetSuite_Terms__c → Give the user edit access/,
  },
  {
    step: '2.3',
    what: 'nobody else has a permission set',
    spoil: (stage) => forget(stage, 'SuiteRelay_User'),
    says: /^warn salesforce: people: nobody has SuiteRelay_User.* → .*step 2\.3/,
  },
  {
    step: '3.1',
    what: 'there is no key',
    spoil: ({ config, folder }) => {
      config.crm.salesforce.auth!['privateKeyFile'] = path.join(folder, 'nowhere.pem');
    },
    says: /^bad salesforce: sign-in: .*ENOENT.* → auth\.privateKeyFile can't be read.*step 3\.1/,
  },
  {
    step: '3.2',
    what: 'the app has the certificate of another key',
    spoil: (stage) => signInAnswers(stage, 'invalid_grant', 'invalid assertion'),
    says: /^bad salesforce: sign-in: invalid_grant: invalid assertion → The certificate in the app .*step 3\.2/,
  },
  {
    step: '3.2',
    what: 'the consumer key is that of another app',
    spoil: ({ config }) => {
      config.crm.salesforce.auth!['clientId'] = 'another-app';
    },
    says: /^bad salesforce: sign-in: invalid_client_id.* → Compare auth\.clientId .*step 3\.2/,
  },
  {
    step: '3.3',
    what: 'the user is not pre-authorised',
    given: { app: { usernames: [] } },
    says: /^bad salesforce: sign-in: invalid_grant: user hasn't approved this consumer → .*step.* 3\.3/,
  },
  {
    step: '3.4',
    what: 'the audience is production for a sandbox',
    given: { app: { audience: 'https://test.salesforce.com' } },
    says: /^bad salesforce: sign-in: invalid_grant: audience is invalid → Set auth\.audience .*step 3\.4/,
  },
  {
    step: '3.4',
    what: 'baseUrl is not the org',
    spoil: ({ config }) => {
      config.crm.salesforce['baseUrl'] = 'http://127.0.0.1:1';
    },
    says: /^bad salesforce: sign-in: .* → Set baseUrl to the My Domain .*step 3\.4/,
  },
  {
    step: '3.4',
    what: 'production is configured with the key of a sandbox',
    spoil: ({ config }) => {
      config.environment = 'production';
      config.publicUrl = 'https://relay.example.com';
    },
    says: /^bad salesforce: org: the org is a sandbox one, and environment is "production" → .*step 3\.4/,
  },
  {
    step: '4.1',
    what: 'there is no API key, and nothing is polled',
    spoil: ({ config }) => {
      delete config.sources.salesforce['keys'];
      delete config.crm.salesforce['poll'];
    },
    says: /^warn salesforce: changes: nothing brings its changes to the relay → .*step 4/,
  },
  {
    step: '4.2',
    what: 'the named credential sends another key',
    spoil: async (stage) => stage.callAsSalesforce('srl_another'),
    says: /^warn salesforce: calls: 1 taken .* 1 refused at \/v1\/upserts → Compare the parameter ApiKey .*step 4/,
  },
  {
    step: '4.3',
    what: 'no account was saved yet',
    given: { app: {} },
    says: /^warn salesforce: calls: none since the relay started → Give the named credential .*step 4/,
  },
];

export const HUBSPOT_MISTAKES: readonly Mistake[] = [
  {
    step: '1.1',
    what: 'the token is of an app that is gone',
    given: { portal: { token: 'another' } },
    says: /^bad hubspot: sign-in: INVALID_AUTHENTICATION.* → Copy the token again.*step 1/,
  },
  {
    step: '1.2',
    what: 'more calls are allowed than the portal takes',
    given: { portal: { limits: { perTenSeconds: 90 } } },
    says: /^warn hubspot: API calls: 10 a second are configured, the portal allows 90 in 10 s.* → Set crm\[\]\.limits\.perSecond to 9 .*step 1/,
  },
  {
    step: '2',
    what: 'the properties were not made',
    spoil: ({ portal }) => {
      for (const { name } of portal.schema.all('deals'))
        if (/^netsuite_|^po_number$/.test(name)) portal.schema.drop('deals', name);
    },
    says: /^bad hubspot: deals: properties that flows write do not exist: .*netsuite_order_number.* → Run `suiterelay crm install --apply`.*step 2/,
  },
  {
    step: '2',
    what: 'the property that records are found by was made by hand, not unique',
    spoil: ({ portal }) => {
      portal.schema.get('products', 'hs_sku')!.hasUniqueValue = false;
    },
    says: /^bad hubspot: products: records can not be found by: hs_sku → .*step 2/,
  },
  {
    step: '3.1',
    what: 'the app has no subscriptions yet',
    given: { portal: {} },
    says: /^warn hubspot: calls: none since the relay started → Give the private app's webhooks .*step 3/,
  },
  {
    step: '3.2',
    what: 'the client secret is that of another app',
    spoil: (stage) => stage.callAsHubSpot('another-secret'),
    says: /^warn hubspot: calls: 1 taken .* 1 refused at \/v1\/hooks\/hubspot → Compare sources\[\]\.hubspot\.clientSecrets .*step 3/,
  },
  {
    step: '3.2',
    what: 'publicUrl is missing',
    spoil: ({ config }) => {
      delete config.publicUrl;
    },
    says: /^bad hubspot: changes: HubSpot signs the public address.* → Set publicUrl .*step 3/,
  },
  {
    step: '3.2',
    what: 'the source is missing, and nothing is polled',
    spoil: ({ config }) => {
      delete config.sources.hubspot.hubspot;
      delete config.crm.hubspot['poll'];
    },
    says: /^warn hubspot: changes: nothing brings its changes to the relay → .*step 3/,
  },
  {
    step: '3.2',
    what: 'the portal is another one',
    spoil: ({ config }) => {
      config.sources.hubspot.hubspot!['portalId'] = 999;
    },
    says: /^bad hubspot: portal: the token is of portal 62515.*999 only → Set sources\[\]\.hubspot\.portalId to 62515.*step 3/,
  },
  {
    step: '3.2',
    what: 'the app is another one',
    spoil: ({ config }) => {
      config.sources.hubspot.hubspot!['appId'] = 999;
    },
    says: /^warn hubspot: app: the token is of app 54321.* → Set sources\[\]\.hubspot\.appId to 54321.*step 3/,
  },
  {
    step: '3.2',
    what: 'the app is not named',
    spoil: ({ config }) => {
      delete config.sources.hubspot.hubspot!['appId'];
    },
    says: /^warn hubspot: changes: own writes coming back .* → Set sources\[\]\.hubspot\.appId .*step 3/,
  },
];
