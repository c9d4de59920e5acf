/** What the reports read of an operation, as the API answers it. */
export interface ReportedOperation {
  operationId: string;
  state: string;
  result?: string;
  source: string;
  flow?: string;
  account: string;
  recordType: string;
  action: string;
  externalId: string;
  attemptCount: number;
  error?: { code: string; message: string };
  createdAt: string;
  updatedAt: string;
}

/** A failure with what is needed to close a period over it. */
export interface OpenFailure extends ReportedOperation {
  responsible?: string;
  hoursOpen: number;
  /** What the CRM says the record is worth; of orders and quotes. */
  amount?: string;
  currency?: string;
}

/** An order whose total NetSuite makes differently from what the CRM expected. */
export interface TotalDifference {
  operationId: string;
  externalId: string;
  /** What the CRM has, and what NetSuite made of it, in the order's currency. */
  expected: string;
  actual: string;
  /** `actual` less `expected`. */
  difference: string;
}

/** A span of time, ISO 8601; `to` is not in it. */
export interface Period {
  from: string;
  to: string;
}
