import { deliverable } from '../../core/charge-point/energy.ts'
import type { ObjectName } from '../../core/index.ts'
import { parseTimestamp } from '../../core/ocpp/timestamp.ts'
import { connectorOf, first, only, request } from './facts.ts'
import { difference } from './json.ts'
import type { Edge, Law } from './law.ts'

/** The greatest value of each quantity that can be. */
const greatest = { current: 1_000, power: 3e6, voltage: 1_000, register: 1e15, soc: 100, offered: 1_000 } as const

/** Group objects whose value is measured, and by what it is live. */
const flows: { readonly [Name in ObjectName]?: 'current' | 'power' | 'voltage' | 'soc' } = {
  chargingCurrent: 'current', currentL1: 'current', currentL2: 'current', currentL3: 'current', power: 'power',
  voltageL1: 'voltage', voltageL2: 'voltage', voltageL3: 'voltage', stateOfCharge: 'soc',
}

interface MeterValue {
  readonly timestamp?: unknown
}

function meterValues(edge: Edge): readonly MeterValue[] | undefined {
  const list = request(edge, 'MeterValues')?.payload['meterValue']
  return Array.isArray(list) ? list : undefined
}

/** What is measured, and what is made of it; that no number is NaN or infinite is said by the law about JSON. */
export const meteringLaws: readonly Law[] = [
  {
    title: 'What is taken from a meter is a value that can be.',
    check: (edge) => first(edge.changedConnectors, ({ after: { meter } }) => {
      const { currents, voltages, powers } = meter
      const all = [...currents, ...voltages, ...powers].every((value) => value === null || (value >= 0 && value <= 1e6))
      // The keys of the table are names of the meter.
      const wrong = (Object.keys(greatest) as (keyof typeof greatest)[]).find((name) => !((meter[name] ?? 0) >= 0 && (meter[name] ?? 0) <= greatest[name]))
      return (!all || wrong !== undefined) && JSON.stringify(meter)
    }),
  },
  {
    title: 'The energy of a transaction never falls while it runs, and grows by no more than can be delivered.',
    check: (edge) => first(edge.changedConnectors, ({ before, after }) => {
      const [was, is] = [before?.transaction, after.transaction]
      if (!is) return undefined
      if (is.id !== was?.id) return is.count.energy !== 0 && `it begins with ${is.count.energy} Wh`
      const grown = is.count.energy - was.count.energy
      const most = deliverable(edge.after.at - was.count.at) * (meterValues(edge)?.length ?? 0)
      return !(grown >= 0 && grown <= most) && `it grew by ${grown} Wh, at most ${most}`
    }),
  },
  {
    title: 'A value that is not live is neither told nor answered.',
    check: (edge) => first(only(edge, 'transmit'), () => {
      const { bus: { flight }, at } = edge.after
      const name = flight && flows[flight.name]
      const member = edge.after.population.groups.flatMap(({ members }) => members).find(({ identity }) => identity === flight?.identity)
      const connector = member?.connectors.find(({ id }) => id === flight?.connector)
      if (!name || !member || !connector || (flight.value === 0 && name !== 'voltage' && connector.report.status !== 'Charging')) return undefined
      const since = connector.meter.since[name]
      const age = at - since
      const isHere = since >= (member.link?.since ?? 0)
      return !(age < 300_000 && isHere) && `${flight.name} is ${flight.value} since ${age} ms`
    }),
  },
  {
    title: 'A sample is told once for MeterValues that say something, and tells what is.',
    check(edge) {
      const samples = only(edge, 'sample')
      if (samples.length === 0) return undefined
      if (samples.length > 1 || !meterValues(edge)) return `${samples.length} samples`
      return first(samples, ({ sample: { identity, connector, transaction, power, at } }) => {
        const now = connectorOf(edge.after, identity, connector)
        const isSame = now && (now.transaction?.id ?? null) === transaction && (power === null || power === now.meter.power) && at === edge.after.at
        return !isSame && JSON.stringify(samples)
      })
    },
  },
  {
    title: 'A transaction is taken up only from MeterValues of a connector that charges without one, and never one that was known.',
    check: (edge) => first(only(edge, 'book'), ({ transaction: { id, wireId, endedAt, connector } }) => {
      if (wireId === undefined || endedAt !== null) return undefined
      const values = request(edge, 'MeterValues')
      if (values?.payload['transactionId'] !== wireId) return `${id} is taken up, but nobody named it`
      const was = values.chargePoint.connectors.find((candidate) => candidate.id === connector)
      const isKnown = values.chargePoint.recent.some((record) => record.id === wireId || record.wireId === wireId)
      return (was?.transaction !== null || was.report.status !== 'Charging' || isKnown) && `${wireId} is taken up as ${id}`
    }),
  },
  {
    title: 'What was measured long ago changes no value that is live of a Charge Point whose clock was right once.',
    check(edge) {
      const values = meterValues(edge)
      const { heard, before } = edge
      const isOld = ({ timestamp }: MeterValue) => before.at - (parseTimestamp(String(timestamp))?.at ?? Number.NaN) > 600_000
      if (!heard?.chargePoint.clockSeen || !values?.every(isOld) || before.at - (heard.chargePoint.link?.since ?? 0) >= 600_000) return undefined
      return first(edge.changedConnectors, (pair) => difference(
        pair.before && [pair.before.report, { ...pair.before.meter, wattHours: 1 }, pair.before.transaction?.live],
        [pair.after.report, { ...pair.after.meter, wattHours: 1 }, pair.after.transaction?.live],
      ))
    },
  },
]
