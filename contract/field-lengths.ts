/**
 * Longest text NetSuite takes, in characters, by record type and field. The platform does not publish these to scripts: seen in its own
 * error texts (companyname 83, phone 32, state 30, addr1 150) or in import sheets. Configuration may override, and the length error
 * of a save corrects them.
 */
export const FIELD_LENGTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  entity: {
    entityid: 80,
    companyname: 83,
    firstname: 32,
    middlename: 32,
    lastname: 32,
    salutation: 15,
    title: 99,
    email: 254,
    phone: 32,
    altphone: 32,
    mobilephone: 32,
    homephone: 32,
    officephone: 32,
    fax: 32,
    url: 100,
    accountnumber: 99,
    comments: 4000,
  },
  transaction: { otherrefnum: 45, memo: 999, email: 254, description: 4000 },
  note: { title: 100, note: 4000 },
  item: { itemid: 60, displayname: 60, salesdescription: 4000, upccode: 99 },
  address: {
    label: 50,
    addressee: 83,
    attention: 83,
    addr1: 150,
    addr2: 150,
    addr3: 150,
    addrphone: 32,
    city: 50,
    state: 30,
    zip: 36,
  },
};
