import { WebSocket } from 'ws'

/** Charge Points that talk as fast as they are answered: each sends the next message of its session when the last was answered. */
export interface Clients {
  /** Runs so many sessions on every connection; resolves with messages per second. */
  readonly run: (sessions: number) => Promise<number>
  readonly close: () => void
}

const samples = JSON.stringify(
  ['L1', 'L2', 'L3'].flatMap((phase) => [
    { value: '9.7', measurand: 'Current.Import', phase, unit: 'A', context: 'Sample.Periodic' },
    { value: '229.8', measurand: 'Voltage', phase: `${phase}-N`, unit: 'V', context: 'Sample.Periodic' },
    { value: '2230', measurand: 'Power.Active.Import', phase, unit: 'W', context: 'Sample.Periodic' },
    { value: '123456', measurand: 'Energy.Active.Import.Register', phase, unit: 'Wh', context: 'Sample.Periodic' },
  ]),
)

type Message = (id: string, time: string, transaction: string, serial: number) => string

const status = (word: string): Message => (id, time) => `[2,"${id}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"${word}","timestamp":"${time}"}]`
const boot: Message = (id) => `[2,"${id}","BootNotification",{"chargePointVendor":"Vendor","chargePointModel":"Model","firmwareVersion":"1.0.0"}]`
const start: Message = (id, time, _transaction, serial) => `[2,"${id}","StartTransaction",{"connectorId":1,"idTag":"04A1B2C3D4","meterStart":${serial},"timestamp":"${time}"}]`
// Meter values with 12 samples.
const meter: Message = (id, time, transaction) => `[2,"${id}","MeterValues",{"connectorId":1,"transactionId":${transaction},"meterValue":[{"timestamp":"${time}","sampledValue":${samples}}]}]`
const heartbeat: Message = (id) => `[2,"${id}","Heartbeat",{}]`
const stop: Message = (id, time, transaction, serial) => `[2,"${id}","StopTransaction",{"transactionId":${transaction},"meterStop":${serial + 1_000},"timestamp":"${time}"}]`

/** What is talked of: each message once; or an hour at a charger, with meter values every five minutes and a heartbeat every fifteen. */
export const mixes = {
  'each message once, a third of them durable': [boot, status('Charging'), start, meter, heartbeat, stop],
  'an hour of charging': [
    boot, status('Preparing'), start, status('Charging'),
    ...Array.from({ length: 4 }, () => [meter, meter, meter, heartbeat]).flat(),
    stop, status('Finishing'), status('Available'),
  ],
} as const satisfies { readonly [mix: string]: readonly Message[] }

export async function connect(port: number, count: number, session: readonly Message[]): Promise<Clients> {
  const stations = await Promise.all(Array.from({ length: count }, (_, n) => station(port, `CP${n}`, session)))
  return {
    async run(sessions) {
      const begin = process.hrtime.bigint()
      await Promise.all(stations.map((one) => one.run(sessions)))
      return (count * sessions * session.length) / (Number(process.hrtime.bigint() - begin) / 1e9)
    },
    close: () => stations.forEach((one) => one.close()),
  }
}

async function station(port: number, identity: string, session: readonly Message[]) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${identity}`, 'ocpp1.6', { perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => socket.once('open', () => resolve()).once('error', reject))
  let serial = 0
  let step = 0
  let left = 0
  let transaction = '0'
  let done = (): void => {}
  const next = (): void => {
    if (step === session.length) {
      step = 0
      left -= 1
    }
    if (left === 0) return done()
    serial += 1
    socket.send(session[step]?.(`m${serial}`, new Date().toISOString(), transaction, serial) ?? '')
    step += 1
  }
  socket.on('message', (data) => {
    const text = String(data)
    // A CALL of the Central System gets its yes at once.
    if (text.startsWith('[2')) return socket.send(`[3,"${text.slice(4, text.indexOf('"', 4))}",{"status":"Accepted"}]`)
    const started = text.indexOf('"transactionId":')
    if (started > 0) transaction = String(Number.parseInt(text.slice(started + 16), 10))
    next()
  })
  return {
    run: (sessions: number) =>
      new Promise<void>((resolve) => {
        left = sessions
        done = resolve
        next()
      }),
    close: () => socket.terminate(),
  }
}
