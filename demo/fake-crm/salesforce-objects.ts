/** Fields of the package that is installed in the org (crm/salesforce), beside the standard ones of the records themselves. */
const INSTALLED = [
  'NetSuite_Internal_ID__c',
  'NetSuite_Sync_Status__c',
  'NetSuite_Sync_Error__c',
  'NetSuite_Last_Sync__c',
];

export const CUSTOM_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Account: [
    ...INSTALLED,
    'NetSuite_Customer_Number__c',
    'NetSuite_Credit_Limit__c',
    'NetSuite_Credit_Hold__c',
    'NetSuite_Balance__c',
    'NetSuite_Overdue_Balance__c',
    'NetSuite_Days_Overdue__c',
  ],
  Contact: INSTALLED,
  Opportunity: [...INSTALLED, 'NetSuite_Order_Number__c', 'NetSuite_Order_Status__c', 'NetSuite_Order_Total__c'],
};

/** Child lists that can be read with their parent. */
export const CHILDREN: Readonly<Record<string, readonly string[]>> = { Opportunity: ['OpportunityLineItems'] };

/** Fields Salesforce computes: a write that names one is refused. */
export const READ_ONLY: ReadonlySet<string> = new Set([
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'IsWon',
  'IsClosed',
]);

/** Fields that one value may stand in only once. */
export const EXTERNAL_IDS: ReadonlySet<string> = new Set(['NetSuite_Internal_ID__c']);
