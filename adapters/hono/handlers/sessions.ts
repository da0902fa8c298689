import type { TransactionRecord } from '../../../core/index.ts'
import { csvRow, sessionColumns, sessionRow } from '../csv.ts'
import type { BookQuery, SitePort } from '../port.ts'
import { refuse, type Handlers } from '../reply.ts'
import { addToTotals, monthIn, type Totals } from '../totals.ts'
import { viewSession } from '../views.ts'

type Names = 'sessions' | 'sessionsCsv' | 'totals' | 'samples'

const pageSize = 100
const longestPage = 1_000

/** What was. */
export function sessionHandlers(port: SitePort): Pick<Handlers, Names> {
  return {
    async sessions({ query: { cursor, limit = pageSize, ...query } }) {
      const before = cursor === undefined ? undefined : readCursor(cursor)
      if (before === null) return refuse(400, 'this is no cursor', 'cursor', 'take `next` of the page before')
      const found: TransactionRecord[] = []
      for await (const page of pages(port, before ? { ...query, until: Math.min(query.until ?? Infinity, before.startedAt + 1) } : query)) {
        found.push(...page.filter((record) => !before || record.startedAt < before.startedAt || record.id < before.id))
        if (found.length > limit) break
      }
      const last = found[limit - 1]
      return {
        sessions: found.slice(0, limit).map((record) => viewSession(record, port.site())),
        next: found.length > limit && last ? `${last.startedAt}.${last.id}` : null,
      }
    },
    sessionsCsv({ query: { cursor: _cursor, limit: _limit, ...query } }) {
      const rows = csvPages(port, query)
      const encoder = new TextEncoder()
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await rows.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        },
        cancel: () => void rows.return(undefined),
      })
      return new Response(stream, { headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="sessions.csv"' } })
    },
    async totals({ query }) {
      const { rules } = port.site()
      const monthOf = monthIn(rules.timeZone)
      const totals: Totals = new Map()
      for await (const page of pages(port, { ...query, ended: true })) for (const record of page) addToTotals(totals, record, monthOf, rules)
      return [...totals.values()].toSorted((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : a.tag < b.tag ? -1 : 1))
    },
    samples: ({ query }) => port.samples(query),
  }
}

async function* csvPages(port: SitePort, query: BookQuery): AsyncGenerator<string> {
  const { timeZone } = port.site().rules
  yield `\uFEFF${csvRow(sessionColumns)}`
  for await (const page of pages(port, query)) yield page.map((record) => csvRow(sessionRow(viewSession(record, port.site()), timeZone))).join('')
}

/** All pages of the books, from the newest transaction on. */
async function* pages(port: SitePort, query: BookQuery): AsyncGenerator<readonly TransactionRecord[]> {
  for (let offset = 0; ; offset += longestPage) {
    const page = await port.sessions({ ...query, offset, limit: longestPage })
    if (page.length > 0) yield page
    if (page.length < longestPage) return
  }
}

function readCursor(text: string): { readonly startedAt: number; readonly id: number } | null {
  const [, startedAt, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? []
  return startedAt === undefined || id === undefined ? null : { startedAt: Number(startedAt), id: Number(id) }
}
