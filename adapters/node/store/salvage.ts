import { type Statement, closeDatabase, openRaw } from './database.ts'
import { type Row, type TransactionRow, decodeState, decodeTransaction } from './rows.ts'

/** Reads what is still readable of a damaged database: each table as a whole or not at all, and no row whose value is not JSON. */
export const salvage = async (path: string): Promise<readonly Row[]> => {
  try {
    const database = openRaw(path)
    // The damage is often in an index alone: the tables are read without.
    const state = await readable(() => database.prepare('SELECT * FROM state NOT INDEXED'))
    const transactions = await readable(() => database.prepare('SELECT * FROM transactions NOT INDEXED'))
    await closeDatabase(database).catch(() => {})
    return [...state.map(decodeState).filter(isWhole), ...transactions.map(decodeTransaction).filter(isWhole).map(withSerial)]
  } catch {
    return []
  }
}

const readable = async (prepare: () => Promise<Statement>): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  try {
    return await (await prepare()).all([])
  } catch {
    return []
  }
}

/** Books of the first schema have the serial in the value alone. */
const withSerial = (row: TransactionRow): TransactionRow =>
  Number.isNaN(row.serial) ? { ...row, serial: Number(JSON.parse(row.value).serial) } : row

const isWhole = ({ value }: Row): boolean => {
  try {
    JSON.parse(value ?? '')
    return true
  } catch {
    return false
  }
}
