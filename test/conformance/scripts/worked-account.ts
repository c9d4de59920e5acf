import type { BlackBox } from '../../helpers/emulator/black-box';

const OBJECTS = [
  {
    xml: `<customlist scriptid="customlist_prio"><name>Prio</name><customvalues><customvalue scriptid="val_hi"><value>High</value></customvalue><customvalue scriptid="val_lo"><value>Low</value></customvalue></customvalues></customlist>`,
  },
  {
    xml: `<customrecordtype scriptid="customrecord_task"><recordname>Work Task</recordname><includename>T</includename><customrecordcustomfields>
<customrecordcustomfield scriptid="custrecord_t_cust"><label>Customer</label><fieldtype>SELECT</fieldtype><selectrecordtype>-2</selectrecordtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_prio"><label>Prio</label><fieldtype>SELECT</fieldtype><selectrecordtype>[scriptid=customlist_prio]</selectrecordtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_hours"><label>Hours</label><fieldtype>FLOAT</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_due"><label>Due</label><fieldtype>DATE</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_done"><label>Done</label><fieldtype>CHECKBOX</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_note"><label>Note</label><fieldtype>CLOBTEXT</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_t_tags"><label>Tags</label><fieldtype>MULTISELECT</fieldtype><selectrecordtype>[scriptid=customlist_prio]</selectrecordtype></customrecordcustomfield>
</customrecordcustomfields></customrecordtype>`,
  },
  {
    xml: `<customrecordtype scriptid="customrecord_step"><recordname>Work Step</recordname><includename>F</includename><customrecordcustomfields>
<customrecordcustomfield scriptid="custrecord_s_task"><label>Task</label><fieldtype>SELECT</fieldtype><selectrecordtype>[scriptid=customrecord_task]</selectrecordtype><isparent>T</isparent></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_s_text"><label>Text</label><fieldtype>TEXT</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_s_qty"><label>Qty</label><fieldtype>INTEGER</fieldtype></customrecordcustomfield>
</customrecordcustomfields></customrecordtype>`,
  },
  {
    xml: `<transactionbodycustomfield scriptid="custbody_note"><label>Note</label><fieldtype>TEXT</fieldtype><bodysale>T</bodysale></transactionbodycustomfield>`,
  },
  {
    xml: `<transactioncolumncustomfield scriptid="custcol_tag"><label>Tag</label><fieldtype>TEXT</fieldtype><colsale>T</colsale></transactioncolumncustomfield>`,
  },
  {
    xml: `<entitycustomfield scriptid="custentity_score"><label>Score</label><fieldtype>INTEGER</fieldtype><appliestocustomer>T</appliestocustomer></entitycustomfield>`,
  },
];

/** Two companies and a person, a vendor, goods, a lot-numbered item, a service, and custom records with a list and children. */
export async function fillWorkedAccount(box: BlackBox): Promise<void> {
  await box.control('POST', 'objects', OBJECTS);
  const company = { isperson: 'F', subsidiary: '1', currency: '1' };
  const address = { addr1: '1 Main St', city: 'Springfield', state: 'IL', zip: '62701', country: 'US' };
  const item = { subsidiary: ['1'], incomeaccount: '8', taxschedule: '1' };
  const stock = { ...item, assetaccount: '3', cogsaccount: '10' };
  const price = (p: number): object => ({
    price1: [
      { pricelevel: '1', price_1_: p },
      { pricelevel: '2', price_1_: p * 0.9 },
    ],
  });
  await box.seed([
    {
      type: 'customer',
      id: '501',
      externalId: 'ACME',
      fields: {
        ...company,
        companyname: 'Acme',
        entityid: 'Acme',
        entitystatus: '13',
        email: 'a@example.com',
        terms: '2',
        salesrep: '2',
        category: '1',
        custentity_score: 7,
      },
      sublists: {
        addressbook: [{ label: 'HQ', defaultbilling: true, defaultshipping: true, addressbookaddress: address }],
      },
    },
    {
      type: 'customer',
      id: '502',
      fields: {
        ...company,
        companyname: 'Beta',
        entityid: 'Beta',
        entitystatus: '13',
        salesrep: '3',
        phone: '555-0100',
      },
    },
    {
      type: 'customer',
      id: '503',
      fields: {
        isperson: 'T',
        firstname: 'Cy',
        lastname: 'Dee',
        entityid: 'Cy Dee',
        subsidiary: '1',
        currency: '1',
        entitystatus: '13',
        isinactive: true,
      },
    },
    {
      type: 'contact',
      id: '601',
      fields: {
        firstname: 'Ann',
        lastname: 'Lee',
        entityid: 'Ann Lee',
        company: '501',
        email: 'ann@example.com',
        subsidiary: '1',
      },
    },
    { type: 'vendor', id: '701', fields: { ...company, companyname: 'Parts', entityid: 'Parts', terms: '2' } },
    {
      type: 'inventoryitem',
      id: '801',
      fields: {
        ...stock,
        itemid: 'WIDGET',
        displayname: 'Widget',
        salesdescription: 'A widget',
        purchasedescription: 'Widget in',
        cost: 5,
      },
      sublists: price(25),
    },
    {
      type: 'serviceitem',
      id: '802',
      fields: { ...item, itemid: 'SVC', salesdescription: 'Work' },
      sublists: price(100),
    },
    {
      type: 'lotnumberedinventoryitem',
      id: '803',
      fields: { ...stock, itemid: 'LOTTED', cost: 3 },
      sublists: price(10),
    },
    { type: 'noninventoryitem', id: '804', fields: { ...item, itemid: 'MISC' }, sublists: price(12.5) },
  ]);
  const task = (id: string, name: string, cust: string, prio: string, hours: number): object => ({
    type: 'customrecord_task',
    id,
    fields: {
      name,
      custrecord_t_cust: cust,
      custrecord_t_prio: prio,
      custrecord_t_hours: hours,
      custrecord_t_due: `2026-03-0${Math.ceil(hours)}`,
      custrecord_t_done: hours > 2,
    },
  });
  await box.seed([
    task('1', 'One', '501', '1', 2),
    task('2', 'Two', '501', '2', 3.5),
    task('3', 'Three', '502', '1', 1),
  ]);
}
