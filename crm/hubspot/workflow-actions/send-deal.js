/**
 * Custom code action for a deal-based workflow ("Deal stage is Closed won"): sends the deal with its companies and line items to the
 * relay. Needs Data Hub Professional. Secrets of the action: HUBSPOT_TOKEN (private app: deals, line items, companies read),
 * SUITERELAY_URL, SUITERELAY_KEY. Add a property of the deal to PROPERTIES when a flow of yours reads it.
 *
 * The same state of a deal has the same key, so HubSpot may run the action again as often as it likes. What is thrown for 429 and 5xx
 * makes HubSpot try again for up to three days.
 */
const { createHash } = require('node:crypto');

const PROPERTIES = [
  'dealname',
  'closedate',
  'dealstage',
  'hs_is_closed_won',
  'deal_currency_code',
  'po_number',
  'hubspot_owner_id',
  'amount',
  'netsuite_internal_id',
];
const LINE_PROPERTIES = [
  'hs_sku',
  'quantity',
  'price',
  'discount',
  'hs_discount_percentage',
  'hs_position_on_quote',
  'description',
  'hs_line_item_currency_code',
];
/** Inputs one batch read takes. */
const BATCH = 100;
const HUBSPOT = process.env.HUBSPOT_URL || 'https://api.hubapi.com';

async function call(url, token, body, headers = {}) {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status === 429 || answer.status >= 500)
    throw new Error(`${url} answered ${answer.status}, to be tried again`);
  return { status: answer.status, ok: answer.ok, body: text === '' ? null : JSON.parse(text) };
}

async function readDeal(id, token) {
  const read = async (path, body) => {
    const answer = await call(HUBSPOT + path, token, body);
    if (!answer.ok) throw new Error(`HubSpot answered ${answer.status} for ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const deal = await read(`/crm/v3/objects/deals/${id}?properties=${PROPERTIES.join(',')}`);
  // A deal with many has its own pages, each asked for by `after` beside its id.
  const linked = async (to) => {
    const links = [];
    let input = { id };
    while (input) {
      const { results } = await read(`/crm/v4/associations/deals/${to}/batch/read`, { inputs: [input] });
      links.push(...results.flatMap((one) => one.to));
      const next = results[0] && results[0].paging && results[0].paging.next;
      input = next ? { id, after: next.after } : null;
    }
    return links;
  };
  const companies = (await linked('companies')).flatMap(({ toObjectId, associationTypes }) =>
    associationTypes.map(({ category, typeId }) => ({
      id: String(toObjectId),
      // HubSpot's own type 5 is the deal's primary company; a portal's labels are numbered from 1 as well.
      type: category === 'HUBSPOT_DEFINED' && typeId === 5 ? 'deal_to_company' : 'deal_to_company_unlabeled',
    })),
  );
  const ids = (await linked('line_items')).map(({ toObjectId }) => ({ id: String(toObjectId) }));
  const lines = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const inputs = ids.slice(from, from + BATCH);
    const part = await read('/crm/v3/objects/line_items/batch/read', { properties: LINE_PROPERTIES, inputs });
    lines.push(...part.results);
  }
  return {
    ...deal,
    associations: {
      companies: { results: companies },
      'line items': { results: ids.map(({ id: line }) => ({ id: line, type: 'deal_to_line_item' })) },
    },
    lineItems: lines,
  };
}

exports.main = async (event, callback) => {
  const { HUBSPOT_TOKEN, SUITERELAY_URL, SUITERELAY_KEY } = process.env;
  const deal = await readDeal(String(event.object.objectId), HUBSPOT_TOKEN);
  const content = { source: 'hubspot', object: 'deals', records: [deal] };
  const key = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const answer = await call(`${SUITERELAY_URL}/v1/upserts`, SUITERELAY_KEY, content, { 'idempotency-key': key });
  const [operation] = answer.ok ? answer.body.operations || [] : [];
  callback({
    outputFields: {
      netsuite_sync_status: answer.ok ? 'Accepted' : 'Refused',
      netsuite_sync_error: answer.ok ? '' : String((answer.body && answer.body.detail) || answer.status),
      operation_id: operation ? operation.operationId : '',
    },
  });
};
