/**
 * The schema, once for both engines. `INT` is a 64-bit integer. Migrations run forward only; a store that is newer than the program is
 * refused. Never change a migration that was released: add one.
 */
export interface Migration {
  version: number;
  statements: readonly string[];
}

const OPERATIONS = `CREATE TABLE op(
  seq INT PRIMARY KEY, id TEXT NOT NULL, request_no INT NOT NULL, idx INT NOT NULL,
  pool TEXT NOT NULL, source TEXT NOT NULL, object TEXT NOT NULL, flow TEXT, lane INT NOT NULL,
  type TEXT NOT NULL, action TEXT NOT NULL, external_id TEXT NOT NULL, crm_id TEXT, rkey TEXT NOT NULL, version TEXT NOT NULL,
  full_state INT NOT NULL, on_failure INT NOT NULL, serialized INT NOT NULL,
  state INT NOT NULL, attempts INT NOT NULL, max_attempts INT NOT NULL, run_at INT, lease_until INT, token INT, bisect INT,
  weight INT NOT NULL, requires_until INT NOT NULL, trace TEXT NOT NULL, body TEXT NOT NULL,
  result TEXT, internal_id TEXT, error TEXT, outcome TEXT, superseded_by TEXT, created_at INT NOT NULL, updated_at INT NOT NULL)`;

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: [
      OPERATIONS,
      'CREATE INDEX op_ready ON op(pool, lane, source, type, seq) WHERE state=1',
      'CREATE INDEX op_wait ON op(run_at) WHERE state IN (2,7)',
      'CREATE INDEX op_lease ON op(lease_until) WHERE state=3',
      'CREATE INDEX op_parked ON op(requires_until) WHERE state=5',
      'CREATE INDEX op_live ON op(rkey, seq) WHERE state<10',
      // The order of a record's operations, kept by the database itself: never two heads.
      'CREATE UNIQUE INDEX op_one_head ON op(rkey) WHERE state IN (1,2,3,4,5,7)',
      'CREATE INDEX op_failed ON op(seq) WHERE state IN (4,6,11)',
      'CREATE INDEX op_final ON op(updated_at) WHERE state>=10',
      'CREATE INDEX op_crm ON op(crm_id)',
      `CREATE TABLE request(no INT PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, trace TEXT NOT NULL, traceparent TEXT,
        scope TEXT, ikey TEXT, body_hash TEXT, first_seq INT, last_seq INT, duplicates TEXT, created_at INT NOT NULL)`,
      'CREATE UNIQUE INDEX request_key ON request(scope, ikey)',
      `CREATE TABLE dedupe(source TEXT NOT NULL, dkey TEXT NOT NULL, seq INT NOT NULL, created_at INT NOT NULL, PRIMARY KEY(source, dkey))`,
      `CREATE TABLE rec(rkey TEXT PRIMARY KEY, pool TEXT NOT NULL, grp TEXT NOT NULL, external_id TEXT NOT NULL, internal_id TEXT,
        last_version TEXT, applied_at INT, busy_until INT, merged_into TEXT, created_at INT NOT NULL)`,
      'CREATE INDEX rec_internal ON rec(pool, grp, internal_id) WHERE internal_id IS NOT NULL',
      'CREATE TABLE alias(pool TEXT NOT NULL, grp TEXT NOT NULL, alias TEXT NOT NULL, rkey TEXT NOT NULL, PRIMARY KEY(pool, grp, alias))',
      'CREATE INDEX alias_rkey ON alias(rkey)',
      // target: `rec:<record key>` until that record was applied, `op:<seq>` until that operation is over
      'CREATE TABLE edge(seq INT NOT NULL, target TEXT NOT NULL, PRIMARY KEY(seq, target))',
      'CREATE INDEX edge_target ON edge(target)',
      'CREATE TABLE match_wait(mval TEXT NOT NULL, seq INT NOT NULL, PRIMARY KEY(mval, seq))',
      'CREATE INDEX match_wait_seq ON match_wait(seq)',
      `CREATE TABLE attempt(seq INT NOT NULL, at INT NOT NULL, token INT NOT NULL, batch_id TEXT NOT NULL, slot INT NOT NULL,
        units REAL, ms INT, status INT, code TEXT, PRIMARY KEY(seq, token))`,
      'CREATE TABLE history(seq INT NOT NULL, at INT NOT NULL, kind TEXT NOT NULL, actor TEXT, detail TEXT)',
      'CREATE INDEX history_seq ON history(seq)',
      `CREATE TABLE batch(token INT PRIMARY KEY, batch_id TEXT NOT NULL, pool TEXT NOT NULL, lane INT NOT NULL, type TEXT NOT NULL, n INT NOT NULL,
        slot INT NOT NULL, holder TEXT NOT NULL, probe INT NOT NULL, estimate_ms INT NOT NULL, started INT NOT NULL, ended INT,
        status INT, code TEXT, units REAL, ms INT)`,
      'CREATE INDEX batch_started ON batch(started)',
      `CREATE TABLE gate(pool TEXT PRIMARY KEY, slots INT NOT NULL, usable INT NOT NULL, cool_until INT NOT NULL, throttles INT NOT NULL,
        probe_at INT NOT NULL, lent INT NOT NULL, lent_until INT, breaker TEXT NOT NULL, breaker_until INT, breaker_reason TEXT)`,
      `CREATE TABLE slot(pool TEXT NOT NULL, no INT NOT NULL, holder TEXT, lane INT, token INT, lease_until INT NOT NULL, PRIMARY KEY(pool, no))`,
      `CREATE TABLE lane(pool TEXT NOT NULL, lane INT NOT NULL, reserved INT NOT NULL, weight REAL NOT NULL, vtime REAL NOT NULL,
        paused INT NOT NULL, PRIMARY KEY(pool, lane))`,
      'CREATE TABLE share(pool TEXT NOT NULL, lane INT NOT NULL, source TEXT NOT NULL, vtime REAL NOT NULL, PRIMARY KEY(pool, lane, source))',
      'CREATE TABLE tally(pool TEXT NOT NULL, lane INT NOT NULL, state TEXT NOT NULL, n INT NOT NULL)',
      `CREATE TABLE shadow(pool TEXT NOT NULL, side TEXT NOT NULL, skey TEXT NOT NULL, projection TEXT NOT NULL, hash TEXT NOT NULL,
        origin TEXT, updated_at INT NOT NULL, PRIMARY KEY(pool, side, skey))`,
      'CREATE TABLE sequence(name TEXT PRIMARY KEY, n INT NOT NULL)',
      'CREATE TABLE cursor_position(name TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at INT NOT NULL)',
    ],
  },
  {
    version: 2,
    statements: [
      // What the mapping had to change or leave out, beside what NetSuite warns of.
      'ALTER TABLE op ADD COLUMN warnings TEXT',
      // What came back for this operation, in a few words.
      'ALTER TABLE attempt ADD COLUMN answer TEXT',
      // Requests that only repeated earlier ones have no operations to be purged with.
      'CREATE INDEX request_empty ON request(created_at) WHERE first_seq IS NULL',
    ],
  },
  {
    version: 3,
    statements: [
      // Bulk jobs under way. Their operations are leased under the job's token, without an end: the job says what becomes of them.
      `CREATE TABLE job(token INT PRIMARY KEY, pool TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, n INT NOT NULL,
        size INT NOT NULL, job_id TEXT, stage TEXT NOT NULL, result_cursor TEXT, holder TEXT NOT NULL, lease_until INT NOT NULL, started INT NOT NULL,
        changed INT NOT NULL)`,
    ],
  },
  {
    version: 4,
    statements: [
      // On PostgreSQL these hold an expression that no other index has: see `@turn`.
      'DROP INDEX op_ready',
      'CREATE INDEX op_ready ON op(pool, lane, source, type, @turn) WHERE state=1',
      'DROP INDEX op_live',
      'CREATE INDEX op_live ON op(rkey, @turn) WHERE state<10',
    ],
  },
  {
    version: 5,
    statements: [
      // A head was in two indexes by its record: of all places an operation is written to these lie farthest apart, one page each.
      'DROP INDEX op_live',
      'CREATE INDEX op_behind ON op(rkey, @turn) WHERE state IN (0,6)',
      'DROP INDEX op_crm',
      'CREATE INDEX op_crm ON op(crm_id) WHERE crm_id IS NOT NULL',
    ],
  },
  {
    version: 6,
    statements: ['CREATE INDEX op_overtaken ON op(token) WHERE state=8'],
  },
];

export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

export type ColumnType = 'INT' | 'TEXT' | 'REAL';

/** Every table of the present schema with its columns, read from the statements themselves. */
export function tableColumns(): Map<string, Map<string, ColumnType>> {
  const tables = new Map<string, Map<string, ColumnType>>();
  for (const statement of MIGRATIONS.flatMap(({ statements }) => statements)) {
    const table = /^(?:CREATE|ALTER) TABLE (\w+)/.exec(statement)?.[1];
    if (table === undefined) continue;
    const columns = tables.get(table) ?? new Map<string, ColumnType>();
    for (const [, name = '', type] of statement.matchAll(/(?:[(,]|ADD COLUMN)\s*(\w+) (INT|TEXT|REAL)\b/g))
      columns.set(name, type as ColumnType);
    tables.set(table, columns);
  }
  return tables;
}

/** Words of one dialect for the words of the schema above. */
export function toSqlite(statement: string): string {
  const text = statement.replaceAll(/\bINT\b/g, 'INTEGER').replaceAll('@turn', 'seq');
  return text.startsWith('CREATE TABLE') ? `${text} STRICT` : text;
}

export function toPostgres(statement: string): string {
  const text = statement
    .replaceAll(/\bINT\b/g, 'BIGINT')
    .replaceAll(/\bREAL\b/g, 'DOUBLE PRECISION')
    .replaceAll('@turn', '(seq+0)');
  // Rows are updated three or four times: room for updates in place, and frequent small vacuums.
  return /^CREATE TABLE (op|rec|slot|gate|lane|tally)\b/.test(text)
    ? `${text} WITH (fillfactor=80, autovacuum_vacuum_scale_factor=0.02)`
    : text;
}
