import { findMember, type Telegram } from '../../../core/index.ts'
import { addressBook, readTelegram } from '../../../core/knx/address-book.ts'
import { datapointTypes } from '../../../core/knx/dpt/datapoint-type.ts'
import { exportCsv, exportXml } from '../../../core/knx/ets.ts'
import { formatGroupAddress, parseGroupAddress } from '../../../core/knx/group-address.ts'
import type { Live } from '../live/live.ts'
import { metricsText } from '../metrics.ts'
import type { SitePort } from '../port.ts'
import { isRefused, refuse, type Handlers, type Refused } from '../reply.ts'
import { traceLines } from '../trace.ts'
import { viewAttempt } from '../views.ts'

type Names = 'attempts' | 'trace' | 'bus' | 'busWrite' | 'busRead' | 'ets' | 'metrics' | 'openapi'

/** Finding out what is wrong. */
export function diagnosisHandlers(port: SitePort, live: Live): Pick<Handlers, Names> {
  return {
    attempts: () => port.site().strangers.map(viewAttempt),
    trace({ params: { identity } }) {
      const member = findMember(port.site().population, identity)
      const steps = live.history.stepsOf(identity)
      if (!member && steps.length === 0) return refuse(404, `nothing was heard of ${identity}`, 'identity', 'GET /api/charge-points and /api/attempts list who was')
      const name = identity.replace(/[^\w.-]/g, '_')
      return new Response(traceLines(member, steps, port.site().config).join(''), {
        headers: { 'Content-Type': 'application/x-ndjson', 'Content-Disposition': `attachment; filename="${name}.jsonl"` },
      })
    },
    bus: ({ query: { limit } }) => live.telegrams.items().slice(-limit).toReversed(),
    async busWrite({ body }) {
      const telegram = telegramOf(port, body)
      return isRefused(telegram) ? telegram : send(port, telegram)
    },
    async busRead({ body: { address } }) {
      const parsed = parseGroupAddress(address)
      return parsed.ok ? send(port, { service: 'read', address: parsed.value }) : noAddress(address, parsed.reason)
    },
    ets({ query: { format } }) {
      const { config } = port.site()
      const text = config ? (format === 'csv' ? exportCsv(config) : exportXml(config)) : ''
      const type = format === 'csv' ? 'text/csv' : 'application/xml'
      return new Response(text, { headers: { 'Content-Type': `${type}; charset=utf-8`, 'Content-Disposition': `attachment; filename="wallbus.${format}"` } })
    },
    metrics: () => new Response(metricsText(port, live), { headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' } }),
    async openapi() {
      // Seldom asked for, and what it takes is not small.
      const { createDocument } = await import('../openapi.ts')
      return createDocument(port.version)
    },
  }
}

type Written = Parameters<Handlers['busWrite']>[0]['body']

/** The telegram that is asked for: its payload as it stands, or the value in the datapoint type of the address. */
function telegramOf(port: SitePort, { address, value, payload }: Written): Telegram | Refused {
  const parsed = parseGroupAddress(address)
  if (!parsed.ok) return noAddress(address, parsed.reason)
  if (payload) return { service: 'write', address: parsed.value, payload }
  if (value === undefined) return refuse(422, 'there is nothing to write', 'value', 'give a value, or a payload')
  const { config } = port.site()
  const known = config && addressBook(config)[String(parsed.value)]
  if (!known) return refuse(422, `no charger has ${address}, so its datapoint type is not known`, 'address', 'give the payload: { "small": 1 } or { "bytes": [0, 0] }')
  const encoded = datapointTypes[known.datapoint].codec.encode(value)
  if (!encoded.ok) return refuse(422, `the value does not fit DPT ${known.datapoint}`, 'value', encoded.reason)
  return { service: 'write', address: parsed.value, payload: encoded.value }
}

function noAddress(address: string, reason: string): Refused {
  return refuse(422, `${address} is not a group address`, 'address', reason)
}

async function send(port: SitePort, telegram: Telegram) {
  const { config, bus } = port.site()
  if (!bus.up) return refuse(409, 'there is no way to the bus', '/api/bus', 'look at knx.gateway of the configuration, and at the gateway')
  if (!(await port.transmit(telegram))) return refuse(409, 'the bus did not confirm the telegram', '/api/bus', 'look at the gateway, and whether the bus has power')
  const { title, value } = readTelegram(telegram, config ? addressBook(config) : {})
  return { address: formatGroupAddress(telegram.address), title, value }
}
