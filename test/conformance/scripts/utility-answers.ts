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
];
