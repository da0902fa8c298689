import { parseTimestamp } from '../../core/ocpp/timestamp.ts'
import { connectorOf, first, only, request, type Request } from './facts.ts'
import { difference } from './json.ts'
import type { Edge, Law } from './law.ts'

/** Is this request out of an offline queue, which a Charge Point may replay for a while after connecting? */
function isReplayed({ before }: Edge, { chargePoint, payload }: Request): boolean {
  const at = timeOf({ payload })
  return at >= Date.UTC(2020, 0, 1) && before.at - at > 6 * 86_400_000 && before.at - (chargePoint.link?.since ?? 0) < 10 * 60_000
}

function timeOf({ payload }: Pick<Request, 'payload'>): number {
  return parseTimestamp(String(payload['timestamp']))?.at ?? Number.NaN
}

/** The id a StartTransaction was answered with. */
function idGiven(edge: Edge): unknown {
  const [answer] = edge.answers
  const body = answer?.type === 3 ? answer.body : undefined
  return typeof body === 'object' && body !== null && 'transactionId' in body ? body.transactionId : undefined
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && id.length >= 1 && id.length <= 36
}

function verdict(edge: Edge): unknown {
  const body = edge.answers[0]?.body
  return (body as { readonly idTagInfo?: { readonly status?: unknown } } | undefined)?.idTagInfo?.status
}

/** Transactions and what the books say of them. */
export const transactionLaws: readonly Law[] = [
  {
    title: 'The same StartTransaction again gets the same id and changes nothing in the books.',
    check(edge) {
      const start = request(edge, 'StartTransaction')
      if (!start || typeof start.payload['timestamp'] !== 'string' || !('meterStart' in start.payload)) return undefined
      const { connectorId, idTag, timestamp, meterStart } = start.payload
      const key = [connectorId, String(idTag).toUpperCase(), timestamp, meterStart].join(' ')
      const known = start.chargePoint.recent.find(({ startKey }) => startKey === key)
      if (!known) return undefined
      if (idGiven(edge) !== known.id) return `${String(idGiven(edge))} instead of ${known.id}`
      const { effects, before, after } = edge
      if (before.nextTransaction !== after.nextTransaction || effects.some(({ type }) => type === 'book')) return 'it is booked again'
      return first(edge.changed, (pair) => difference(pair.before.recent, pair.after.recent)
        ?? difference(pair.before.connectors.map(({ transaction }) => transaction), pair.after.connectors.map(({ transaction }) => transaction)))
    },
  },
  {
    title: 'A new transaction gets a new id from 1 to 2³¹ − 1, and is in the books before it is answered.',
    check(edge) {
      const start = request(edge, 'StartTransaction')
      const id = start && idGiven(edge)
      if (!start || id === undefined || start.chargePoint.recent.some((record) => record.id === id)) return undefined
      if (!Number.isInteger(id) || Number(id) < 1 || Number(id) > 2 ** 31 - 1) return `the id ${String(id)}`
      if (edge.after.nextTransaction !== edge.before.nextTransaction + 1) return 'its number was not used up'
      const booked = edge.effects.findIndex((effect) => effect.type === 'book' && effect.transaction.id === id)
      const answered = edge.effects.findIndex((effect) => effect.type === 'send')
      return booked < 0 || booked > answered ? 'it is not in the books' : undefined
    },
  },
  {
    title: 'StartTransaction and StopTransaction always get a CALLRESULT, however implausible.',
    check: (edge) => first(['StartTransaction', 'StopTransaction'] as const, (action) => {
      const { payload, elements } = request(edge, action) ?? {}
      const least = action === 'StartTransaction' ? ['connectorId', 'idTag'] : ['transactionId']
      return payload && isId(elements?.[1]) && least.every((name) => Object.hasOwn(payload, name)) && edge.answers[0]?.type !== 3 && `${edge.answers[0]?.text}`
    }),
  },
  {
    title: 'StopTransaction ends only the transaction it names, and one that has ended or is unknown not at all.',
    check(edge) {
      const stop = request(edge, 'StopTransaction')
      if (!stop) return undefined
      const id = stop.payload['transactionId']
      const running = stop.chargePoint.connectors.filter(({ transaction }) => transaction)
      const only0 = id === 0 && running.length === 1
      const ended = edge.changedConnectors.find(({ before, after }) => before?.transaction && before.transaction.id !== after.transaction?.id)
      if (ended && ended.before?.transaction?.wireId !== id && !only0) return `it ended ${ended.before?.transaction?.id}`
      const record = stop.chargePoint.recent.find((candidate) => (candidate.wireId ?? candidate.id) === id)
      if (only0 || record?.endedAt === null) return only(edge, 'book').length === 1 ? undefined : 'its end is not in the books'
      return first(edge.changed, ({ before, after }) => difference(before.recent, after.recent))
    },
  },
  {
    title: 'What has ended stays ended, as it was written; energy is never negative and no end is before its start.',
    check: (edge) => first(only(edge, 'book'), ({ transaction }) => {
      const { id, startedAt, endedAt, energy, meterStop, reason } = transaction
      const before = edge.changed.flatMap((pair) => pair.before.recent).find((record) => record.id === id)
      if (before && before.endedAt !== null) return `${id} ended before`
      if (endedAt === null) return (energy !== null || meterStop !== null || reason !== null) && `${id} runs and has an end`
      return !(endedAt >= startedAt && energy !== null && energy >= 0) && `${id}: ${energy} Wh in ${endedAt - startedAt} ms`
    }),
  },
  {
    title: 'A transaction that runs is in the books as running; when it goes from its connector its end is in the books.',
    check: (edge) => first(edge.changedConnectors, ({ chargePoint, before, after }) => {
      const { transaction } = after
      const record = transaction && chargePoint.after.recent.find(({ id }) => id === transaction.id)
      if (transaction && record?.endedAt !== null) return `${transaction.id} runs, but not in the books`
      const gone = before?.transaction && before.transaction.id !== transaction?.id ? before.transaction.id : undefined
      return gone !== undefined && !chargePoint.after.recent.some(({ id, endedAt }) => id === gone && endedAt !== null) && `${gone} is lost`
    }),
  },
  {
    title: 'A live transaction that ends now is the last of its connector, which draws nothing any more.',
    check(edge) {
      const start = request(edge, 'StartTransaction')
      if (start && isReplayed(edge, start)) return undefined
      return first(edge.changedConnectors, ({ before, after: { transaction, last, meter } }) => {
        if (!before?.transaction?.live || before.transaction.id === transaction?.id) return undefined
        return (last?.id !== before.transaction.id || (meter.current ?? 0) !== 0) && JSON.stringify({ last, meter })
      })
    },
  },
  {
    title: 'What a Charge Point of which something present is known replays from its queue is booked, and leaves everything that is now as it is.',
    check(edge) {
      const old = request(edge, 'StartTransaction') ?? request(edge, 'StatusNotification')
      if (!old || !isReplayed(edge, old)) return undefined
      const was = connectorOf(edge.before, old.chargePoint.identity, old.payload['connectorId'])
      if (!old.chargePoint.clockSeen && !was?.report.timely) return undefined
      return first(edge.changedConnectors, ({ before, after }) => {
        const later = timeOf(old) > (before?.transaction?.startedAt ?? 0)
        const gaveWay = before?.transaction && before.transaction.id !== after.transaction?.id
        if (!before || (gaveWay && later)) return undefined
        return gaveWay ? 'a transaction gave way to an older one' : difference(
          [before.report, before.meter, before.reservation, before.wanted, before.last],
          [after.report, after.meter, after.reservation, after.wanted, after.last],
        )
      })
    },
  },
  {
    title: 'A transaction whose tag is refused is unwanted from its beginning, and any other is wanted.',
    check(edge) {
      const start = request(edge, 'StartTransaction')
      const id = start && idGiven(edge)
      if (!start || id === undefined || start.chargePoint.recent.some((record) => record.id === id)) return undefined
      const connector = connectorOf(edge.after, start.chargePoint.identity, start.payload['connectorId'])
      const calledOff = start.chargePoint.errands.some(({ stage }) => stage === 'calledOff')
      if (connector?.transaction?.id !== id || calledOff) return undefined
      return connector?.transaction?.unwanted === (verdict(edge) !== 'Accepted') ? undefined : `${String(verdict(edge))}, but the opposite is wanted`
    },
  },
  {
    title: 'Blocked, expired and unknown tags are told so, whatever the case they are written in.',
    check(edge) {
      const call = request(edge, 'Authorize')
      if (!call || edge.answers[0]?.type !== 3) return undefined
      const tag = String(call.payload['idTag']).toUpperCase()
      const known = edge.before.config?.tags.find((entry) => entry.tag.toUpperCase() === tag)
      const expected = known?.blocked ? 'Blocked' : known?.expires !== undefined && Date.parse(known.expires) < edge.before.at ? 'Expired' : undefined
      return (expected ? verdict(edge) === expected : verdict(edge) === 'Accepted' || verdict(edge) === 'Invalid') ? undefined : `${tag}: ${String(verdict(edge))}`
    },
  },
]
