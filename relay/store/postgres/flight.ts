import { Query, type Connection } from 'pg';
import type { Row } from '../core/script';
import { writeArray, writeText } from './encode-array';
import type { Statement, Value } from './join-statements';
import { Packet } from './packet';
import { parserOf } from './parse-value';

interface Field {
  name: string;
  parse: (text: string) => unknown;
}

/** A statement under the name it is prepared by; its fields are known since it was first answered. */
interface Known {
  name: string;
  fields?: readonly Field[];
}

const known = new Map<string, Known>();

function knownOf(text: string): Known {
  let found = known.get(text);
  if (!found) {
    found = { name: `srl_${known.size}` };
    known.set(text, found);
  }
  return found;
}

/** What a connection has prepared; of those `doubted` an error left open whether it has. */
interface Prepared {
  sure: Set<Known>;
  doubted: Set<Known>;
}

const preparedOn = new WeakMap<Connection, Prepared>();

function preparedOf(connection: Connection): Prepared {
  let found = preparedOn.get(connection);
  if (!found) {
    found = { sure: new Set(), doubted: new Set() };
    preparedOn.set(connection, found);
  }
  return found;
}

interface FieldDescription {
  name: string;
  dataTypeID: number;
}

const packet = new Packet();

/**
 * Statements that go to the server as one packet and are answered as one: a single Sync at their end, and no description of rows that are
 * known by now. Sent one by one each costs the server a write of its own and both sides as much again as the statement. When one fails,
 * the server passes over the rest.
 */
export class Flight extends Query {
  readonly #statements: readonly Statement[];
  readonly #resolve: (answers: Row[][]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #answers: Row[][];
  /** Statements this flight prepares. */
  readonly #fresh: Known[] = [];
  #prepared: Prepared | undefined;
  /** The statement that is being answered. */
  #at = 0;

  constructor(statements: readonly Statement[], resolve: (answers: Row[][]) => void, reject: (error: unknown) => void) {
    super({ text: '' });
    this.#statements = statements;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#answers = statements.map(() => []);
    this.submit = (connection) => this.#send(connection);
  }

  handleRowDescription({ fields }: { fields: readonly FieldDescription[] }): void {
    const statement = this.#statements[this.#at];
    if (statement)
      knownOf(statement.text).fields = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
  }

  handleDataRow({ fields: values }: { fields: readonly (string | null)[] }): void {
    const fields = knownOf(this.#statements[this.#at]?.text ?? '').fields ?? [];
    const row: Record<string, unknown> = {};
    for (const [at, { name, parse }] of fields.entries()) {
      const value = values[at];
      row[name] = value == null ? null : parse(value);
    }
    this.#answers[this.#at]?.push(row as Row);
  }

  handleCommandComplete(): void {
    const statement = this.#statements[this.#at++];
    // A statement that was described by nothing answers no rows.
    if (statement) knownOf(statement.text).fields ??= [];
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#answers);
  }

  handleError(error: unknown): void {
    for (const statement of this.#fresh) {
      this.#prepared?.sure.delete(statement);
      this.#prepared?.doubted.add(statement);
    }
    this.#reject(error);
  }

  /** An error is told by the client, and nothing was sent. */
  #send(connection: Connection): Error | null {
    this.#prepared = preparedOf(connection);
    try {
      for (const statement of this.#statements) this.#write(statement, this.#prepared);
      writeMessage('S', () => undefined);
    } catch (error) {
      packet.clear();
      return error as Error;
    }
    connection.stream.write(packet.take());
    return null;
  }

  #write({ text, values }: Statement, prepared: Prepared): void {
    const statement = knownOf(text);
    if (!prepared.sure.has(statement)) {
      if (prepared.doubted.delete(statement)) writeMessage('C', () => writeTarget('S', statement.name));
      writeMessage('P', () => {
        packet.name(statement.name);
        packet.name(text);
        packet.int16(0);
      });
      prepared.sure.add(statement);
      this.#fresh.push(statement);
    }
    writeMessage('B', () => writeBinding(statement.name, values));
    if (!statement.fields) writeMessage('D', () => writeTarget('P', ''));
    writeMessage('E', () => {
      packet.name('');
      packet.int32(0);
    });
  }
}

/** A message: its letter, its length, its contents (PostgreSQL's documentation, "Message Formats"). */
function writeMessage(letter: string, contents: () => void): void {
  packet.byte(letter.charCodeAt(0));
  const place = packet.length;
  packet.int32(0);
  contents();
  packet.int32At(place, packet.length - place);
}

function writeTarget(kind: 'S' | 'P', name: string): void {
  packet.byte(kind.charCodeAt(0));
  packet.name(name);
}

const isList = (value: Value): value is Extract<Value, object> => typeof value === 'object' && value !== null;

/** Lists in binary form, single values as text. */
function writeBinding(name: string, values: readonly Value[]): void {
  packet.name('');
  packet.name(name);
  packet.int16(values.length);
  for (const value of values) packet.int16(isList(value) ? 1 : 0);
  packet.int16(values.length);
  for (const value of values) {
    if (value === null) packet.int32(-1);
    else if (isList(value)) {
      const place = packet.length;
      packet.int32(0);
      writeArray(packet, value);
      packet.int32At(place, packet.length - place - 4);
    } else writeText(packet, String(value));
  }
  packet.int16(0);
}
