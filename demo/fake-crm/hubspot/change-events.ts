import { createHmac } from 'node:crypto';
import type { CrmRecord } from '../record-table';

export interface PortalEvent extends CrmRecord {
  eventId: number;
  subscriptionType: string;
  occurredAt: number;
}

const SINGULAR: Readonly<Record<string, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  tickets: 'ticket',
  products: 'product',
  line_items: 'line_item',
};
/** Everything else goes by the number of its type. */
const NUMBERS: Readonly<Record<string, string>> = { quotes: '0-14', invoices: '0-53', orders: '0-123' };

/** Webhook events of a portal: one per changed property, with who changed it; kept until they are sent. */
export class ChangeEvents {
  readonly waiting: PortalEvent[] = [];
  readonly #base: { portalId: number; appId: number };
  #ids = 0;

  constructor(portalId: number, appId: number) {
    this.#base = { portalId, appId };
  }

  add(object: string, kind: string, more: CrmRecord, at: string, byApi: boolean): void {
    this.#ids += 1;
    const named = SINGULAR[object];
    this.waiting.push({
      eventId: this.#ids,
      subscriptionId: 1000 + kind.length,
      ...this.#base,
      occurredAt: Date.parse(at),
      subscriptionType: named === undefined ? `object.${kind}` : `${named}.${kind}`,
      ...(named === undefined ? { objectTypeId: NUMBERS[object] ?? object } : {}),
      attemptNumber: 0,
      changeSource: byApi ? 'INTEGRATION' : 'CRM_UI',
      sourceId: byApi ? String(this.#base.appId) : 'userId:1',
      ...more,
    });
  }

  /** Posts what waits, signed as version 3 says; keeps what was not taken. Answers the status codes. */
  async send(url: string, clientSecret: string, timestamp = Date.now()): Promise<number[]> {
    const statuses: number[] = [];
    while (this.waiting.length > 0) {
      const part = this.waiting.slice(0, 100);
      const body = JSON.stringify(part);
      const signature = createHmac('sha256', clientSecret).update(`POST${url}${body}${timestamp}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'x-hubspot-signature-v3': signature,
        'x-hubspot-request-timestamp': String(timestamp),
      };
      const answer = await fetch(url, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      statuses.push(answer.status);
      if (!answer.ok) {
        for (const event of part) event['attemptNumber'] = Number(event['attemptNumber']) + 1;
        return statuses;
      }
      this.waiting.splice(0, part.length);
    }
    return statuses;
  }
}
