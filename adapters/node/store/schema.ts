/** What a database of ours looks like. */
export type Schema = {
  /** The steps from an empty database to the present one; the number of those taken is its `user_version`. Only ever append. */
  readonly migrations: readonly string[]
  /** FULL: on disk when a commit returns. NORMAL: whole after a power cut, without what was written last. */
  readonly synchronous: 'FULL' | 'NORMAL'
}

/** The state of the site, and the books. */
export const booksSchema: Schema = {
  synchronous: 'FULL',
  migrations: [
    `CREATE TABLE state (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
     CREATE TABLE transactions (
       id INTEGER PRIMARY KEY, identity TEXT NOT NULL, connector INTEGER NOT NULL, tag TEXT NOT NULL,
       startedAt INTEGER NOT NULL, endedAt INTEGER, energyWh REAL, value TEXT NOT NULL
     );
     CREATE INDEX transactionsByStart ON transactions (startedAt);
     CREATE INDEX transactionsByIdentity ON transactions (identity, startedAt);`,
    // Ids are a permutation, and indexes by Charge Point as good as one: each commit touched pages all over the file.
    `ALTER TABLE transactions RENAME TO old;
     CREATE TABLE transactions (
       serial INTEGER PRIMARY KEY, id INTEGER NOT NULL, identity TEXT NOT NULL, connector INTEGER NOT NULL, tag TEXT NOT NULL,
       startedAt INTEGER NOT NULL, endedAt INTEGER, energyWh REAL, value TEXT NOT NULL
     );
     INSERT INTO transactions SELECT serial, id, identity, connector, tag, startedAt, endedAt, energyWh, value
       FROM (SELECT *, CASE WHEN json_valid(value) THEN json_extract(value, '$.serial') END AS serial FROM old)
       ORDER BY serial IS NULL, serial, startedAt;
     DROP TABLE old;
     CREATE INDEX transactionsByStart ON transactions (startedAt);
     CREATE INDEX transactionsRunning ON transactions (startedAt) WHERE endedAt IS NULL;`,
  ],
}

/** Samples in rows of some 35 bytes, those of a connector and tier beside each other; `at` is seconds since 1970; a series is named by connector and identity. */
export const samplesSchema: Schema = {
  synchronous: 'NORMAL',
  migrations: [
    `CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
     CREATE TABLE samples (
       series INTEGER NOT NULL, tier INTEGER NOT NULL, at INTEGER NOT NULL, "transaction" INTEGER, centiamperes INTEGER, watts INTEGER,
       register INTEGER, energy INTEGER, decivolts INTEGER, soc INTEGER, PRIMARY KEY (series, tier, at)
     ) WITHOUT ROWID;`,
  ],
}
