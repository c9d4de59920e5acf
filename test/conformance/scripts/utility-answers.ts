/** What each script of `utilities/` has to answer: small tools for sales, stock, purchasing and support. Written down from Oracle's pages before the scripts were run. */
export const UTILITY_ANSWERS: [file: string, title: string, answer: object][] = [
  [
    'kit_contents',
    'a kit and what it is made of (item search, 25 units: section_157072844224)',
    {
      rows: [
        ['BUNDLE', 'WIDGET', '2', 'InvtPart'],
        ['BUNDLE', 'SVC', '1', 'Service'],
      ],
      used: 25,
    },
  ],
  ['expense_claim', 'an expense report of an employee', { total: 192.5, n: 2, sum: '192.50', used: 50 }],
  [
    'time_sheet',
    'hours of employees',
    {
      rows: [
        ['3', 0.75],
        ['2', 3.75],
      ],
      used: 100,
    },
  ],
  [
    'case_desk',
    'a support case is opened, assigned and closed',
    { f: ['Broken', 'Acme', 1], g: ['2', '1'], open: 1, used: 27 },
  ],
  [
    'project_list',
    'projects of a customer',
    {
      name: 'Acme',
      rows: [
        ['Beta job', 'Acme'],
        ['Alpha', 'Acme'],
      ],
      used: 55,
    },
  ],
  [
    'vendor_credit',
    'a vendor credit is applied to a bill',
    { found: true, left: ['50.00', '30.00', 'open'], used: 61 },
  ],
  ['write_check', 'a check with two expense lines', { total: '25.25', gl: { d: 25.25, c: 25.25 }, used: 41 }],
  ['having', 'groups are filtered by their sums', { rows: [['Acme', '300.00', '2', '200.00']], used: 100 }],
  [
    'latest_of_group',
    'the last value of a group by another column',
    {
      rows: [
        ['Acme', 'Two'],
        ['Beta', 'Three'],
      ],
      used: 10,
    },
  ],
  [
    'session_notes',
    'a session keeps values while the script runs',
    {
      v: ['one', null],
      u: ['number', 3, 'string', 1],
      env: [true, 'RESTLET', true, 'customscript_session_notes', 'customdeploy_session_notes'],
      used: 0,
    },
  ],
  [
    'folder_copy',
    'files are copied between folders',
    { c: ['r.csv', true, 'CSV', 14], n: 2, found: ['Done X'], files: [['r.csv']], used: 120 },
  ],
  [
    'edit_lines',
    'lines are inserted, moved by value and removed in standard mode',
    {
      n: 3,
      at: 2,
      lines: [
        ['MISC', 5, 62.5],
        ['SVC', 2, 200],
      ],
      total: 262.5,
      sub: 262.5,
      used: 40,
    },
  ],
  [
    'dynamic_lines',
    'a selected line is changed, cancelled and read back',
    { terms: 'Net 30', idx: 0, text: 'WIDGET', q: 1, amt: 50, tot: 75, after: [1, 50], used: 10 },
  ],
  ['contact_roles', 'a contact is attached to a company with a role', { a: ['Bo Ray'], b: [''], used: 55 }],
  [
    'find_duplicates',
    'duplicates and a global search, 10 units each (section_157072844224)',
    { d: 2, g: ['customer', 'customer'], used: 20 },
  ],
  [
    'linked_documents',
    'documents are found by their links',
    { l: [true, true, '2', '2', 'Shipped'], inv: ['Sales Order'] },
  ],
  ['receivables_by_age', 'open invoices by age', { b: [10, 20, 30] }],
  ['text_filters', 'operators of text fields', { n: [1, 2, 2, 1, 1, 3, 3, 2, 2, 2, 1, 2, 2, 1] }],
  [
    'many_values',
    'a multiple select is set, read and searched',
    {
      v: [
        ['1', '2'],
        ['High', 'Low'],
      ],
      look: [
        { value: '1', text: 'High' },
        { value: '2', text: 'Low' },
      ],
      q: [1, 1, 0, 0],
      g: ['1,2', 'High,Low'],
    },
  ],
  [
    'joined_lookup',
    'lookupFields through joins, one unit (section_157072844224)',
    { f: ['a@example.com', 'Acme', '2', false, [], 1], used: 1 },
  ],
  [
    'query_conditions',
    'conditions of a query are combined',
    {
      r: [
        { name: 'Two', h: 3.5 },
        { name: 'One', h: 2 },
      ],
      n: [['Three', 1]],
      s: [{ s: 6.5 }],
      used: 30,
    },
  ],
  [
    'describe_record',
    'a record tells its fields, sublists and choices',
    {
      s: [true, true],
      f: [true, true, true],
      e: ['entity', 'select', 'Customer', true],
      l: [true, true, true],
      o: [{ value: '1', text: 'High' }],
      none: [null, null],
    },
  ],
  ['packages', 'a shipment keeps its packages and tracking numbers', { n: [1, '1Z9', 'Shipped'], t: '1Z9' }],
  [
    'list_values',
    'the values of a custom list',
    {
      v: [
        ['1', 'High'],
        ['2', 'Low'],
      ],
    },
  ],
  [
    'external_keys',
    'records are found by their external ids',
    { f: [true], s: ['KEY-1'], e: 'DUP_ENTITY', n: 'KEY-2' },
  ],
  [
    'stock_by_place',
    'stock is read by location',
    {
      l: [
        ['2', 3, 3],
        ['1', 7, 7],
      ],
      a: [
        ['PLACED', '1', '7', '28.00'],
        ['PLACED', '2', '3', '12.00'],
      ],
      t: [10, 4, 40],
    },
  ],
  [
    'vendor_prices',
    'vendors of an item and their prices',
    { s: [['Parts', 'P-77', '6.50', 'Parts']], r: [6.5, 26], q: [{ vendorcode: 'P-77', purchaseprice: 6.5 }] },
  ],
  [
    'member_formulas',
    'members of kits in formulas',
    {
      r: [
        ['KF/MISC', '37.5'],
        ['KF/WIDGET', '50'],
      ],
      used: ['KF'],
    },
  ],
  ['item_sales', 'what an item sold, by the join to its transactions', { r: [['MISC', '6', '75.00']] }],
  ['partner_record', 'a partner brings an order', { f: ['Broker', 'Broker'] }],
  ['customer_prices', 'prices that a customer has of its own', { n: [1, 'WIDGET', 19], rate: 19 }],
  [
    'intransit',
    'an order between locations in SuiteQL',
    {
      l: [
        { item: 'WIDGET', q: -4, l: 1 },
        { item: 'WIDGET', q: 4, l: 2 },
      ],
      onhand: [
        [1, 6],
        [2, 4],
      ],
    },
  ],
  ['date_words', 'relative dates in filters', { n: [1, 1, 3, 1, 4, 2, 3, 1] }],
  ['attach_file', 'a file is attached to a record and found there', { u: 10, n: [[true, 'att.txt']], after: 0 }],
  ['note_on_record', 'a note on a transaction', { r: [['Call back', 'Soon']] }],
  [
    'parents',
    'subsidiaries of a group of customers',
    { f: ['Group : Branch', 'Group', 'Branch'], c: [['Branch', 'Group']] },
  ],
  [
    'purchase_receipt_links',
    'receipts and bills of a purchase order in SuiteQL',
    {
      l: [{ t: 'ItemRcpt', k: 'ShipRcpt' }],
      o: [{ q: 5, r: 3, left_: 2 }],
      s: 'Purchase Order : Pending Billing/Partially Received',
    },
  ],
];
