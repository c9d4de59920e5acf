import { givenOr } from '../suiteql/catalog/uncomputed';
import { computed, rawField } from './fields';
import { type Make, own, perRow, rate, type TransactionContext } from './transaction-rows';
import { typeCase } from '../suiteql/catalog/transaction-types';
import type { Format } from './types';

type OfRow = (row: string) => string;

const sign = (body: string): string => typeCase(`${body}.type`, (entry) => String(entry.searchSign), '1');

/** In the currency of the transaction, or in base currency; refunds and credits count down. */
const money =
  (ofLine: OfRow, ofBody: OfRow, base: boolean): Make =>
  (context) => {
    const raw = `(${sign(context.body)}) * (${perRow(context, ofLine, ofBody)})`;
    return computed(base ? `ora_round(${raw} * ${rate(context.body)}, 2)` : raw, 'currency');
  };

const column =
  (field: string): OfRow =>
  (row) =>
    own(row, field);

const lineProfit: OfRow = (line) => `${own(line, 'amount')} - COALESCE(${own(line, 'costestimate')}, 0)`;
const linePercent: OfRow = (line) =>
  `CASE WHEN ${own(line, 'amount')} <> 0 THEN ora_round((${lineProfit(line)}) * 100 / ${own(line, 'amount')}, 2) END`;

const plain =
  (field: string, format: Format): Make =>
  (context: TransactionContext) =>
    rawField(
      perRow(context, column(field), () => 'NULL'),
      format,
    );
const percent =
  (ofLine: OfRow): Make =>
  (context) =>
    rawField(perRow(context, ofLine, column('estgrossprofitpercent')), 'percent');

const SALES =
  "('cashrefund', 'cashsale', 'creditmemo', 'estimate', 'invoice', 'opportunity', 'returnauthorization', 'salesorder')";

/** Saves keep the figure of the document; one that was put there without lines may lack it. */
const kept =
  (field: string): OfRow =>
  (body) =>
    `CASE WHEN ${body}.type IN ${SALES} THEN ${givenOr(own(body, field), 'transaction', field, `${body}.id`)} END`;
const wholeCost = kept('totalcostestimate');
const wholeProfit = kept('estgrossprofit');
/** The document's own figure on each of its rows. */
const whole =
  (field: string, base: boolean): Make =>
  (context) =>
    money(
      () => kept(field)(context.body),
      () => kept(field)(context.body),
      base,
    )(context);

/** Estimated cost and gross profit, of a line or of the whole document (page section_N1763752). */
export const COSTS: Record<string, Make> = {
  costestimate: money(column('costestimate'), wholeCost, true),
  fxcostestimate: money(column('costestimate'), wholeCost, false),
  costestimaterate: (context) =>
    computed(`${perRow(context, column('costestimaterate'), () => 'NULL')} * ${rate(context.body)}`, 'currency'),
  fxcostestimaterate: plain('costestimaterate', 'currency'),
  costestimatetype: plain('costestimatetype', 'select'),
  estgrossprofit: money(lineProfit, wholeProfit, true),
  fxestgrossprofit: money(lineProfit, wholeProfit, false),
  estgrossprofitpct: percent(linePercent),
  estgrossprofitpercent: percent(linePercent),
  totalcostestimate: whole('totalcostestimate', true),
  trancostestimate: whole('totalcostestimate', true),
  fxtrancostestimate: whole('totalcostestimate', false),
  tranestgrossprofit: whole('estgrossprofit', true),
  tranfxestgrossprofit: whole('estgrossprofit', false),
  tranestgrossprofitpct: ({ body }) => rawField(own(body, 'estgrossprofitpercent'), 'percent'),
};
