import type { TransactionRecord } from '../../../core/index.ts'
import { tagName } from '../../../core/charge-point/view.ts'
import { csvRow, sessionColumns, sessionRow } from '../csv.ts'
import type { BookQuery, SitePort } from '../port.ts'
import { refuse, type Handlers } from '../reply.ts'
import { viewSession } from '../views.ts'

type Names = 'sessions' | 'sessionsCsv' | 'totals' | 'samples'

const longestPage = 500
const dayMs = 86_400_000

/** What was. */
export function sessionHandlers(port: SitePort): Pick<Handlers, Names> {
  return {
    async sessions({ query: { cursor, ...query } }) {
      if (cursor !== undefined && !/^-?\d{1,15}\.\d{1,15}$/.test(cursor)) return refuse(400, 'this is no cursor', 'cursor', 'take `next` of the page before')
      const { sessions, next } = await port.sessions({ ...query, before: cursor })
      return { sessions: sessions.map((record) => viewSession(record, port.site())), next }
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
      const sums = await port.totals({ ...query, timeZone: rules.timeZone })
      return sums.map(({ month, tag, identity, connector, sessions, energyWh, durationMs }) => (
        { month, tag, tagName: tag === null ? null : tagName(tag, rules), identity, connector, sessions, energy: energyWh, duration: durationMs }))
    },
    samples: ({ query: { until = port.now(), from = until - dayMs, ...query } }) => port.samples({ ...query, from, until }),
  }
}

async function* csvPages(port: SitePort, query: BookQuery): AsyncGenerator<string> {
  const { timeZone } = port.site().rules
  yield `\uFEFF${csvRow(sessionColumns)}`
  for await (const page of pages(port, query)) yield page.map((record) => csvRow(sessionRow(viewSession(record, port.site()), timeZone))).join('')
}

/** All pages of the books, from the newest transaction on. */
async function* pages(port: SitePort, query: BookQuery): AsyncGenerator<readonly TransactionRecord[]> {
  let before: string | null | undefined
  while (before !== null) {
    const page = await port.sessions({ ...query, limit: longestPage, before })
    yield page.sessions
    before = page.next
  }
}
