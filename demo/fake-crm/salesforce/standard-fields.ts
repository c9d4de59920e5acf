/**
 * Standard fields of the objects that integrations touch, as Salesforce's Object Reference lists them: `name:type(length)` with `!` for
 * required on creation and `=` for computed ones that no write may name. A field that a record brings along is known too.
 */
const SYSTEM =
  'Id:id= IsDeleted:boolean= CreatedDate:datetime= CreatedById:reference= LastModifiedDate:datetime= LastModifiedById:reference= SystemModstamp:datetime=';

const ADDRESS = (name: string): string =>
  `${name}Street:textarea(255) ${name}City:string(40) ${name}State:string(80) ${name}PostalCode:string(20) ${name}Country:string(80)`;

export const STANDARD: Readonly<Record<string, { prefix: string; fields: string }>> = {
  Account: {
    prefix: '001',
    fields: `${SYSTEM} Name:string(255)! MasterRecordId:reference= Type:picklist(255) ParentId:reference Phone:phone(40) Fax:phone(40) AccountNumber:string(40) Website:url(255) Industry:picklist(255) AnnualRevenue:currency NumberOfEmployees:int Description:textarea(32000) OwnerId:reference ${ADDRESS('Billing')} ${ADDRESS('Shipping')} CurrencyIsoCode:picklist(3)`,
  },
  Contact: {
    prefix: '003',
    fields: `${SYSTEM} MasterRecordId:reference= AccountId:reference Salutation:picklist(40) FirstName:string(40) LastName:string(80)! Name:string(121)= Title:string(128) Email:email(80) Phone:phone(40) MobilePhone:phone(40) OwnerId:reference ${ADDRESS('Mailing')} CurrencyIsoCode:picklist(3)`,
  },
  AccountContactRelation: {
    prefix: '07k',
    fields: `${SYSTEM} AccountId:reference! ContactId:reference! IsActive:boolean IsDirect:boolean= Roles:picklist(4000) StartDate:date EndDate:date`,
  },
  Opportunity: {
    prefix: '006',
    fields: `${SYSTEM} Name:string(120)! AccountId:reference StageName:picklist(255)! Amount:currency CloseDate:date! Type:picklist(255) Description:textarea(32000) IsClosed:boolean= IsWon:boolean= OwnerId:reference Pricebook2Id:reference CurrencyIsoCode:picklist(3) HasOpportunityLineItem:boolean=`,
  },
  OpportunityLineItem: {
    prefix: '00k',
    fields: `${SYSTEM} OpportunityId:reference! PricebookEntryId:reference Product2Id:reference ProductCode:string(255)= Quantity:double! UnitPrice:currency TotalPrice:currency Discount:percent Description:string(255) ServiceDate:date SortOrder:int`,
  },
  Order: {
    prefix: '801',
    fields: `${SYSTEM} AccountId:reference! OpportunityId:reference EffectiveDate:date! EndDate:date Status:picklist(255)! OrderNumber:string(30)= PoNumber:string(80) Description:textarea(32000) TotalAmount:currency= Pricebook2Id:reference OwnerId:reference ${ADDRESS('Billing')} ${ADDRESS('Shipping')} CurrencyIsoCode:picklist(3)`,
  },
  OrderItem: {
    prefix: '802',
    fields: `${SYSTEM} OrderId:reference! Product2Id:reference PricebookEntryId:reference OrderItemNumber:string(30)= Quantity:double! UnitPrice:currency Description:string(255) ServiceDate:date EndDate:date`,
  },
  Quote: {
    prefix: '0Q0',
    fields: `${SYSTEM} OpportunityId:reference! AccountId:reference= Name:string(255)! QuoteNumber:string(30)= Status:picklist(255) ExpirationDate:date GrandTotal:currency= CurrencyIsoCode:picklist(3)`,
  },
  Product2: {
    prefix: '01t',
    fields: `${SYSTEM} Name:string(255)! ProductCode:string(255) Description:textarea(4000) IsActive:boolean Family:picklist(255) StockKeepingUnit:string(180) QuantityUnitOfMeasure:picklist(255) CurrencyIsoCode:picklist(3)`,
  },
  Pricebook2: { prefix: '01s', fields: `${SYSTEM} Name:string(255)! IsActive:boolean IsStandard:boolean=` },
  PricebookEntry: {
    prefix: '01u',
    fields: `${SYSTEM} Pricebook2Id:reference! Product2Id:reference! UnitPrice:currency! IsActive:boolean UseStandardPrice:boolean CurrencyIsoCode:picklist(3)`,
  },
  Case: {
    prefix: '500',
    fields: `${SYSTEM} AccountId:reference ContactId:reference CaseNumber:string(30)= Subject:string(255) Status:picklist(255) Origin:picklist(255) Description:textarea(32000) OwnerId:reference`,
  },
  Contract: {
    prefix: '800',
    fields: `${SYSTEM} AccountId:reference! Status:picklist(255) StartDate:date EndDate:date= ContractTerm:int ContractNumber:string(30)=`,
  },
  ContentDocument: {
    prefix: '069',
    fields: `${SYSTEM} Title:string(255) Description:string(1000) FileExtension:string(40)= FileType:string(20)= ContentSize:int= LatestPublishedVersionId:reference= OwnerId:reference`,
  },
  ContentVersion: {
    prefix: '068',
    fields: `${SYSTEM} ContentDocumentId:reference Title:string(255) VersionData:base64`,
  },
  ContentNote: {
    prefix: '069',
    fields:
      'Id:id= IsDeleted:boolean= Title:string(255)! TextPreview:string(255)= FileType:string(20)= ContentSize:int= LatestPublishedVersionId:reference= CreatedDate:datetime= LastModifiedDate:datetime=',
  },
  ContentDocumentLink: {
    prefix: '06A',
    fields: `Id:id= IsDeleted:boolean= SystemModstamp:datetime= ContentDocumentId:reference! LinkedEntityId:reference! ShareType:picklist(40) Visibility:picklist(40)`,
  },
  CurrencyType: {
    prefix: '01L',
    fields: `${SYSTEM} IsoCode:picklist(3)! ConversionRate:double! DecimalPlaces:int IsActive:boolean IsCorporate:boolean=`,
  },
  DatedConversionRate: {
    prefix: '04w',
    fields: `${SYSTEM} IsoCode:picklist(3)! ConversionRate:double! StartDate:date! NextStartDate:date=`,
  },
  Organization: { prefix: '00D', fields: `${SYSTEM} Name:string(80)= IsSandbox:boolean= InstanceName:string(5)=` },
  PermissionSet: { prefix: '0PS', fields: `${SYSTEM} Name:string(80)! Label:string(80)!` },
  PermissionSetAssignment: {
    prefix: '0Pa',
    fields: 'Id:id= SystemModstamp:datetime= AssigneeId:reference! PermissionSetId:reference! IsActive:boolean=',
  },
  User: {
    prefix: '005',
    fields: `${SYSTEM} Username:string(80)! Email:email(128)! LastName:string(80)! FirstName:string(40) Name:string(121)= IsActive:boolean`,
  },
};

/** Lists that can be read with their parent: relationship, child object, field that names the parent. */
export const CHILDREN: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  Account: [
    ['Contacts', 'Contact', 'AccountId'],
    ['Opportunities', 'Opportunity', 'AccountId'],
  ],
  Opportunity: [['OpportunityLineItems', 'OpportunityLineItem', 'OpportunityId']],
  Order: [['OrderItems', 'OrderItem', 'OrderId']],
};
