import type { Account, Fields, RecordData } from '../kernel/types';
import { add, divide, multiply, number } from './money';
import { unitRatio } from './stock-units';

/** Value of an item at one place. */
interface Place {
  quantity: number;
  value: number;
  average: number;
}

const given = (value: Fields[string] | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** A purchase price is that of the purchase unit. */
const costPerStockUnit = (account: Account, item: RecordData): number => {
  const { cost, purchaseunit } = item.fields;
  return unitRatio(account, item, purchaseunit)?.fromStock(number(cost), 8) ?? number(cost);
};

/**
 * Moving average of one item, at each location and over all, while one document is valued. Averages are what NetSuite shows as
 * `averagecost` and, by location, `averagecostmli`; values are `totalvalue` and `onhandvaluemli`.
 */
export class StockLedger {
  private readonly account: Account;
  private readonly item: RecordData;
  private readonly places = new Map<string, Place>();
  private readonly whole: Place;
  lastPrice: number | undefined;

  constructor(account: Account, item: RecordData) {
    this.account = account;
    this.item = item;
    const average = given(item.fields.averagecost) ?? costPerStockUnit(account, item);
    const quantity = number(item.fields.quantityonhand);
    this.whole = { quantity, average, value: given(item.fields.totalvalue) ?? multiply(quantity, average, 2) };
  }

  /** Takes a movement back, as it was valued then. */
  reverse(location: string, quantity: number, value: number): void {
    this.book(location, -quantity, -value);
  }

  /** Value of what goes out: the average, also where nothing is left (the best estimate until goods come in again). */
  take(location: string, quantity: number): number {
    const value = multiply(this.average(location), quantity, 2);
    this.book(location, -quantity, -value);
    return value;
  }

  /**
   * Goods come in at a value. What had gone out beyond the stock was an estimate: the answer is by how much it was too low, which has to go to
   * the cost of goods sold (page section_N2195087).
   */
  bring(location: string, quantity: number, value: number): number {
    const place = this.place(location);
    const { quantity: before, value: owed } = place;
    this.book(location, quantity, value);
    if (before >= 0 || place.quantity <= 0) return 0;
    const adjustment = add([multiply(-before, divide(value, quantity), 2), owed]);
    if (adjustment !== 0) this.book(location, 0, -adjustment);
    return adjustment;
  }

  average(location: string): number {
    return this.place(location).average;
  }

  /** Writes the figures, without a new version of the item: nobody has edited it. */
  save(): void {
    const { item, account, whole } = this;
    account.store.patch(item.type, item.id!, {
      averagecost: whole.average,
      totalvalue: whole.value,
      ...(this.lastPrice === undefined ? {} : { lastpurchaseprice: this.lastPrice }),
    });
    for (const [location, place] of this.places) {
      if (location === '') continue;
      const lines = (item.sublists.locations ??= []);
      let seq = lines.findIndex((line) => String(line.fields.location ?? line.fields.locationid) === location);
      if (seq < 0) seq = lines.push({ fields: { location, locationid: location } }) - 1;
      const line = lines[seq]!;
      Object.assign(line.fields, { averagecostmli: place.average, onhandvaluemli: place.value });
      account.store.patchLine(item.type, item.id!, 'locations', seq, line);
    }
  }

  private book(location: string, quantity: number, value: number): void {
    for (const place of location === '' ? [this.whole] : [this.place(location), this.whole]) {
      place.quantity = add([place.quantity, quantity], 5);
      place.value = place.quantity === 0 ? 0 : add([place.value, value]);
      if (place.quantity > 0) place.average = divide(place.value, place.quantity, 8);
    }
  }

  private place(location: string): Place {
    if (location === '') return this.whole;
    const known = this.places.get(location);
    if (known) return known;
    const line = (this.item.sublists.locations ?? []).find(
      ({ fields }) => String(fields.location ?? fields.locationid) === location,
    );
    const quantity = number(line?.fields.quantityonhand);
    const average = given(line?.fields.averagecostmli) ?? this.whole.average;
    const place = { quantity, average, value: given(line?.fields.onhandvaluemli) ?? multiply(quantity, average, 2) };
    this.places.set(location, place);
    return place;
  }
}
