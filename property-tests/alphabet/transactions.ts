import { allMembers, statuses as allStatuses, type ChargePoint, type Site, type Status } from '../../core/index.ts'
import { anyOf, call, said, timestamp, weekMs, type Letters } from './letters.ts'

const both = [1, 2] as const

/** A connector tells its state, without an error. */
export function statuses(connectors: readonly number[] = both, words: readonly Status[] = allStatuses): Letters {
  return said(() => connectors.flatMap((connectorId) => words.map((status) => call('StatusNotification', { connectorId, status, errorCode: 'NoError' }))))
}

/** A connector tells an error; the station tells its state; a connector nobody knows does; one whose number is absurd. */
export const errors = said(() => [
  call('StatusNotification', { connectorId: 1, status: 'Faulted', errorCode: 'GroundFailure', info: 'wet', vendorErrorCode: '0x0000' }),
  call('StatusNotification', { connectorId: 0, status: 'Faulted', errorCode: 'InternalError' }),
  call('StatusNotification', { connectorId: 3, status: 'Available', errorCode: 'NoError' }),
  call('StatusNotification', { connectorId: 4711, status: 'Available', errorCode: 'NoError' }),
])

function start(site: Site, connectorId: number, idTag: string, at = site.at): string {
  return call('StartTransaction', { connectorId, idTag, meterStart: site.nextTransaction * 1_000, timestamp: timestamp(at) })
}

/** A new transaction, on a free connector or a busy one. */
export function starts(connectors: readonly number[] = both, tags: readonly string[] = ['GOOD', 'BAD', 'STRANGE', 'WALLBUS']): Letters {
  return said((_chargePoint, site) => connectors.flatMap((connectorId) => tags.map((idTag) => start(site, connectorId, idTag))))
}

/** The StartTransaction of the newest transaction once more. */
export const repeatedStarts = said(({ recent }) => {
  const [connectorId, idTag, time = '', meterStart] = recent[0]?.startKey.split(' ') ?? []
  if (idTag === undefined || recent[0]?.wireId !== undefined) return []
  return [call('StartTransaction', { connectorId: Number(connectorId), idTag, meterStart: Number(meterStart), ...(time !== '' && { timestamp: time }) })]
})

/** Starts out of an offline queue. */
export function oldStarts(connectors: readonly number[] = both): Letters {
  return said((_chargePoint, site) => connectors.flatMap((id) => ['GOOD', 'STRANGE'].map((tag) => start(site, id, tag, site.at - weekMs))))
}

/** Starts for no connector, or one nobody knows; without a time; with a register below zero. */
export const oddStarts = said((_chargePoint, site) => [
  start(site, 0, 'CHILD'),
  start(site, 4711, 'GOOD'),
  call('StartTransaction', { connectorId: 2, idTag: 'CHILD', meterStart: -5 }),
])

function stop(transactionId: number, meterStop: number, at: number, reason?: string): string {
  return call('StopTransaction', { transactionId, meterStop, timestamp: timestamp(at), ...(reason !== undefined && { reason, idTag: 'GOOD' }) })
}

/** The end of each running transaction. */
export const stops = said(({ recent }, { at }) =>
  recent.filter(({ endedAt }) => endedAt === null).slice(0, 2).map(({ id, meterStart }) => stop(id, meterStart + 500, at)))

/** The end of the newest transaction that has ended, once more. */
export const repeatedStops = said(({ recent }, { at }) =>
  recent.filter(({ endedAt }) => endedAt !== null).slice(0, 1).map(({ id, meterStart }) => stop(id, meterStart + 900, at, 'Remote')))

/** The id of a transaction that is none of ours. */
export const foreignId = 424_242

/** Ends of transactions that do not run here, that lose energy, that come late or without much. */
export const oddStops = said((chargePoint, site) => [
  ...[foreignId, -1, 0].map((id) => stop(id, 500, site.at)),
  ...foreigners(chargePoint, site).map((id) => stop(id, 500, site.at)),
  ...chargePoint.recent.filter(({ endedAt }) => endedAt === null).slice(0, 1).flatMap(({ id, meterStart }) => [
    stop(id, meterStart - 500, site.at, 'Remote'),
    stop(id, meterStart + 500, site.at - weekMs),
    call('StopTransaction', { transactionId: id }),
  ]),
])

function foreigners(chargePoint: ChargePoint, site: Site): readonly number[] {
  return allMembers(site.population).filter((other) => other !== chargePoint).flatMap(({ recent }) => recent.slice(0, 1).map(({ id }) => id))
}

function current(connectorId: number, value: string, transactionId?: number): string {
  const meterValue = [{ timestamp: undefined, sampledValue: [{ value, measurand: 'Current.Import', unit: 'A' }, { value: '1500', unit: 'Wh' }] }]
  return call('MeterValues', { connectorId, ...(transactionId !== undefined && { transactionId }), meterValue })
}

/** A connector measures its current. */
export function meterValues(connectors: readonly number[] = both, values: readonly string[] = ['9.5', '16']): Letters {
  return said(() => connectors.flatMap((connectorId) => values.map((value) => current(connectorId, value))))
}

/** A connector tells what it offers. */
export const offers = said(() => ['0', '6', '16'].map((value) =>
  call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: undefined, sampledValue: [{ value, measurand: 'Current.Offered', unit: 'A' }] }] })))

/** Measurements that name a transaction, right or not, and old ones. */
export const oddMeterValues = said(({ connectors }, { at }) => [
  ...connectors.flatMap(({ id, transaction }) => (transaction ? [current(id, '9.6', transaction.id)] : [])),
  current(1, '9.7', -1),
  current(1, '9.8', foreignId),
  current(0, '7', foreignId),
  call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: timestamp(at - weekMs), sampledValue: [{ value: '99', measurand: 'Current.Import' }] }] }),
])

/** Registers of the running transaction: it rises, begins anew, falls a little, jumps, says nothing; those of an hour ago out of a queue. */
export const registers = said(({ connectors }, { at }) => connectors.flatMap(({ id, transaction }) => {
  if (!transaction) return []
  const { meterStart } = transaction
  const figures = [meterStart + 100, meterStart + 300.5, 7, 0, meterStart - 1, 1e9, 2 ** 31 - 1, meterStart / 1_000]
  return [...figures.map((figure) => energy(id, `${figure}`)), energy(id, `${meterStart + 50}`, timestamp(at - 3_600_000))]
}))

function energy(connectorId: number, value: string, time?: string): string {
  return call('MeterValues', { connectorId, meterValue: [{ timestamp: time, sampledValue: [{ value }] }] })
}

/** What no meter should say, and what is not for us: no numbers, impossible ones, other quantities, other places, neutral and signed values. */
export const nastyMeterValues = said(() => [
  samples(['NaN', '', 'Infinity', '1e400', '0x10', '1.2.3', '-1e99', '1e5'].map((value) => ({ value, measurand: 'Current.Import' }))),
  samples(['NaN', '-5', '1e13', '1e400'].map((value) => ({ value }))),
  samples([
    { value: '-3', measurand: 'Current.Import', phase: 'L1' }, { value: '99', measurand: 'Current.Import', phase: 'N' },
    { value: '99', measurand: 'Current.Export' }, { value: '400', measurand: 'Voltage', phase: 'L1-L2' }, { value: '0', measurand: 'Voltage', phase: 'L1' },
  ]),
  samples([
    { value: '7', measurand: 'Power.Active.Import', unit: 'kW', location: 'Inlet' }, { value: '6,9', measurand: 'Power.Active.Import', unit: 'kW' },
    { value: '5', measurand: 'Power.Active.Import', unit: 'kvar' }, { value: '140', measurand: 'SoC' }, { value: 'AP8=', format: 'SignedData' },
  ]),
])

function samples(sampledValue: readonly object[]): string {
  return call('MeterValues', { connectorId: 1, transactionId: 0, meterValue: [{ sampledValue }] })
}

/** All there is about transactions. */
export const transactions = anyOf(starts(), repeatedStarts, oldStarts(), oddStarts, stops, repeatedStops, oddStops, meterValues(), offers, oddMeterValues, registers, nastyMeterValues)
