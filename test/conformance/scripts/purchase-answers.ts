/** What the scripts of `trade/` that buy, keep stock and books have to answer. Written down before they were run. */
export const PURCHASE_ANSWERS: [file: string, title: string, answer: object][] = [
  [
    'receive_and_bill',
    'a purchase received in parts, billed, credited and paid',
    {
      s: [
        'Pending Receipt',
        'Pending Billing/Partially Received',
        'Pending Bill',
        'Pending Billing/Partially Received',
      ],
      rest: [
        ['801', 4],
        ['804', 4],
      ],
      bill: [
        ['801', 6, 30],
        ['804', 4, 40],
      ],
      after: ['Fully Billed', 70],
      due: '12/18/2026',
      credit: [70, 50, 20],
      vc: ['Fully Applied', 0],
      pay: [50, 50, 'Paid In Full', 0],
      vbal: [70, 0],
    },
  ],
  [
    'vendor_payment_discount',
    'a payment of bills less the discount of their terms',
    {
      lines: [
        [100, 98, 2],
        [50, 49, 1],
      ],
      total: 147,
      bills: [
        ['Paid In Full', 0],
        ['Paid In Full', 0],
      ],
      status: 'x',
    },
  ],
  [
    'vendor_return',
    'goods returned to a vendor for a credit',
    {
      s: ['Pending Return', 'Pending Credit', 'Credited'],
      qty: [8, 6],
      vc: [10, 'Open'],
    },
  ],
  [
    'transfer_in_parts',
    'goods transferred in parts: what is on its way shows in the status',
    {
      s: [
        'Pending Approval',
        'Pending Fulfillment',
        'Pending Receipt/Partially Fulfilled',
        'Partially Fulfilled',
        'Pending Receipt',
        'Received',
      ],
      q: [
        [10, 0],
        [7, 0],
        [7, 3],
        [4, 3],
        [4, 6],
      ],
    },
  ],
  [
    'journals',
    'journals that are reversed, copied, approved, and balance by company (section_N1471552)',
    {
      status: 'Approved for Posting',
      rev: [
        true,
        '1/1/2027',
        [
          ['8', 40, ''],
          ['1', '', 40],
        ],
      ],
      search: 2,
      orig: '1/1/2027',
      entity: '501',
      pending: ['Pending Approval', 'Approved for Posting'],
      copy: [2, ''],
      inter: ['2', true],
      uneven: 'USER_ERROR',
      memo: ['accrual', 'line'],
      seg: ['1', '2', '1'],
    },
  ],
  [
    'drop_ship',
    'a purchase order that is shipped to the customer',
    {
      line: ['DropShip', '701', 15],
      po: ['701', 1, '840', 3, 15, 45],
      from: true,
      soLine: true,
      status: ['Pending Receipt', 'Pending Fulfillment'],
      ship: 'Springfield',
    },
  ],
  [
    'reversing_void',
    'a void by reversing journal (section_4413165692, bridgehead_N1469460)',
    {
      other: true,
      type: 'journalentry',
      lines: 2,
      total: 30,
      status: 'Approved for Posting',
      bill: ['Open'],
      pref: [false, true],
    },
  ],
  [
    'inventory_moves',
    'stock adjusted, transferred, built and taken apart',
    {
      adj: [20, 5],
      neg: [17, '-3'],
      transfer: [[12, 5], [17]],
      asm: [2, 13],
      unbuild: [1, 15],
      avg: 5,
      err: 'USER_ERROR',
    },
  ],
  [
    'lots_on_orders',
    'lots received on a purchase and shipped on a sale (section_4687606595)',
    {
      receipt: [
        ['A', 4],
        ['B', 6],
      ],
      avail: 10,
      ff: [['A', 3]],
      left: [
        ['A', 1],
        ['B', 6],
      ],
      no: 'USER_ERROR',
      count: 1,
      type: 'inventorydetail',
      qty: 3,
    },
  ],
  [
    'approvals',
    'orders, purchases and bills that wait for their approval',
    {
      a: ['A', 'Pending Approval'],
      no: 'INVALID_INITIALIZE_REF',
      b: ['B', 'Pending Fulfillment'],
      c: ['C', 'Cancelled'],
      cancelled: 'INVALID_INITIALIZE_REF',
      text: 'Pending Approval',
      po: ['Pending Supervisor Approval', 'Pending Receipt'],
      bill: ['Pending Approval', 'Open'],
      find: 1,
    },
  ],
];
