import type { TransactionRecord } from '../../core/index.ts'
import { tagName } from '../../core/charge-point/view.ts'
import type { Rules } from '../../core/site/turn.ts'
import type { Total } from './schemas/session.ts'

/** Totals under month and tag, as they are added up. */
export type Totals = Map<string, Total>

/** The month of an instant in a time zone, `2026-01`. */
export function monthIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' })
  return (at) => format.format(at)
}

/** Adds an ended transaction to the month in which it began. */
export function addToTotals(totals: Totals, { idTag, startedAt, energy }: TransactionRecord, monthOf: (at: number) => string, rules: Rules): void {
  const month = monthOf(startedAt)
  const tag = idTag.toUpperCase()
  const key = `${month} ${tag}`
  const { sessions, energy: sum } = totals.get(key) ?? { sessions: 0, energy: 0 }
  totals.set(key, { month, tag, tagName: tagName(tag, rules), sessions: sessions + 1, energy: sum + (energy ?? 0) })
}
