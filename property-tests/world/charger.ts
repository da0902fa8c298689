import type { Status } from '../../core/index.ts'
import { timestamp } from '../alphabet/letters.ts'

/** How a charger takes what it is asked. */
export type Manner = 'accepting' | 'refusing' | 'unable' | 'silent'

/** A connector as it really is, which the site only hears of. */
export interface Socket {
  readonly id: number
  plugged: boolean
  status: Status
  /** A; null: none but its own. */
  limit: number | null
  operative: boolean
  /** The tag it is reserved for. */
  reservation: string | null
  transaction: Session | null
}

/** A transaction as the charger counts it; the id is known once its start was answered. */
export interface Session {
  readonly connector: number
  readonly idTag: string
  readonly startedAt: number
  readonly meterStart: number
  id: number | undefined
  verdict: unknown
  meterStop: number | undefined
}

/** The wire of a charger: what it says goes to the site, `now` is the time of both. */
export interface Wire {
  readonly say: (text: string) => void
  readonly now: () => number
}

interface Letter {
  readonly action: string
  /** Made when it is sent: the id of a transaction may come late. */
  readonly payload: () => object
  readonly answered?: (payload: Fields) => void
  /** True for what must arrive, however late. */
  readonly lasting: boolean
}

type Fields = { readonly [name: string]: unknown }

/** In what chargers differ that all do as they are asked. */
export interface Character {
  /** Asked for something, it does it before it answers. */
  readonly actsFirst?: boolean
  /** It goes on with a transaction whose tag was refused (OCPP 1.6 §9.1.27, StopTransactionOnInvalidId). */
  readonly goesOn?: boolean
  /** It shows that it charges before it tells of the transaction. */
  readonly showsFirst?: boolean
  /** It answers only when time passes; much may happen before. */
  readonly ponders?: boolean
}

/** A Charge Point that works: it keeps its transactions until they are answered. */
export function createCharger(connectors: readonly number[], { actsFirst = false, goesOn = false, showsFirst = false, ponders = false }: Character, wire: Wire) {
  const sockets: readonly Socket[] = connectors.map((id) =>
    ({ id, plugged: false, status: 'Available', limit: null, operative: true, reservation: null, transaction: null }))
  const sessions: Session[] = []
  const outbox: Letter[] = []
  let manner: Manner = 'accepting'
  let online = false
  let sending: string | undefined
  let count = 0
  let meter = 1_000
  /** What it would say is held back while it makes up its mind; null: it speaks freely. */
  let thoughts: string[] | null = null
  /** What it has been asked and not answered yet. */
  const questions: (() => void)[] = []
  const say = (text: string): void => void (thoughts ? thoughts.push(text) : wire.say(text))

  function post(letter: Letter): void {
    if (letter.lasting || online) outbox.push(letter)
    send()
  }

  function send(): void {
    const [letter] = outbox
    if (!letter || !online || sending !== undefined) return
    sending = `c${count++}`
    say(JSON.stringify([2, sending, letter.action, letter.payload()]))
  }

  function tell(socket: Socket, status: Status): void {
    socket.status = status
    post({ action: 'StatusNotification', payload: () => ({ connectorId: socket.id, status, errorCode: 'NoError' }), lasting: false })
  }

  /** What it shows when nothing is going on. */
  function rest(socket: Socket): void {
    tell(socket, !socket.operative ? 'Unavailable' : socket.plugged ? 'Preparing' : socket.reservation !== null ? 'Reserved' : 'Available')
  }

  function begin(socket: Socket, idTag: string): void {
    const session: Session = { connector: socket.id, idTag, startedAt: wire.now(), meterStart: meter, id: undefined, verdict: undefined, meterStop: undefined }
    socket.transaction = session
    socket.reservation = null
    sessions.push(session)
    const { startedAt, meterStart } = session
    const show = (): void => {
      if (socket.transaction === session) tell(socket, socket.limit === 0 ? 'SuspendedEVSE' : 'Charging')
    }
    if (showsFirst) show()
    post({
      action: 'StartTransaction', lasting: true,
      payload: () => ({ connectorId: socket.id, idTag, meterStart, timestamp: timestamp(startedAt) }),
      answered({ transactionId, idTagInfo }) {
        session.id = Number(transactionId)
        session.verdict = (idTagInfo as { readonly status?: unknown }).status
        if (!goesOn && session.verdict !== 'Accepted' && socket.transaction === session) end(socket, 'DeAuthorized')
      },
    })
    if (!showsFirst) show()
  }

  function end(socket: Socket, reason: string): void {
    const session = socket.transaction
    if (!session) return
    meter += 700
    const meterStop = meter
    const at = timestamp(wire.now())
    session.meterStop = meterStop
    socket.transaction = null
    post({ action: 'StopTransaction', lasting: true, payload: () => ({ transactionId: session.id, meterStop, timestamp: at, reason }) })
    tell(socket, 'Finishing')
    if (!socket.plugged) rest(socket)
  }

  /** What it does when it is asked, and the word for it. */
  const actions: { readonly [action: string]: (socket: Socket | undefined, payload: Fields) => string } = {
    GetConfiguration: () => '',
    TriggerMessage(socket, { requestedMessage }) {
      if (requestedMessage === 'BootNotification') boot()
      else if (requestedMessage === 'MeterValues') return 'NotImplemented'
      else if (socket) tell(socket, socket.status)
      return 'Accepted'
    },
    ChangeAvailability(socket, { type }) {
      for (const each of socket ? [socket] : sockets) {
        each.operative = type === 'Operative'
        if (!each.transaction) rest(each)
      }
      return socket?.transaction ? 'Scheduled' : 'Accepted'
    },
    SetChargingProfile(socket, { csChargingProfiles }) {
      // A frame that is one of its schema; a law says so.
      const { chargingSchedule: { chargingSchedulePeriod: [period] } } = csChargingProfiles as { chargingSchedule: { chargingSchedulePeriod: { limit: number }[] } }
      for (const each of socket ? [socket] : sockets) each.limit = period?.limit ?? null
      if (socket?.transaction) tell(socket, socket.limit === 0 ? 'SuspendedEVSE' : 'Charging')
      return 'Accepted'
    },
    ReserveNow(socket, { idTag }) {
      if (!socket || socket.transaction) return 'Occupied'
      socket.reservation = String(idTag)
      rest(socket)
      return 'Accepted'
    },
    CancelReservation(_socket, { reservationId }) {
      const socket = sockets.find(({ id }) => id === reservationId)
      if (!socket?.reservation) return 'Rejected'
      socket.reservation = null
      if (!socket.transaction) rest(socket)
      return 'Accepted'
    },
    RemoteStartTransaction(socket, { idTag }) {
      if (!socket || socket.transaction || !socket.operative || (socket.reservation !== null && socket.reservation !== idTag)) return 'Rejected'
      if (socket.plugged) begin(socket, String(idTag))
      return 'Accepted'
    },
    RemoteStopTransaction(_socket, { transactionId }) {
      const socket = sockets.find(({ transaction }) => transaction?.id === transactionId)
      if (socket) end(socket, 'Remote')
      return socket ? 'Accepted' : 'Rejected'
    },
    Reset() {
      restart()
      return 'Accepted'
    },
    UnlockConnector: () => 'Unlocked',
  }

  function boot(): void {
    post({ action: 'BootNotification', payload: () => ({ chargePointVendor: 'Vendor', chargePointModel: 'Model' }), lasting: true, answered: () => sockets.forEach((socket) => tell(socket, socket.status)) })
  }

  /** It loses all but its transactions' last word, and what it had accepted. */
  function restart(): void {
    for (const socket of sockets) {
      end(socket, 'Reboot')
      socket.limit = null
      socket.reservation = null
      socket.operative = true
      rest(socket)
    }
    boot()
  }

  return {
    sockets,
    sessions,
    behave(next: Manner) { manner = next },
    /** It is on a connection, or is not any more. */
    connected(up: boolean, first = false) {
      online = up
      sending = undefined
      questions.length = 0
      if (!up) outbox.splice(0, outbox.length, ...outbox.filter(({ lasting }) => lasting))
      else if (first) boot()
      else {
        sockets.forEach((socket) => tell(socket, socket.status))
        send()
      }
    },
    restart,
    plug(socket: Socket, plugged: boolean) {
      if (socket.plugged === plugged) return
      socket.plugged = plugged
      if (!plugged && socket.transaction) end(socket, 'EVDisconnected')
      else if (!socket.transaction) rest(socket)
    },
    /** A driver holds a tag to it: that starts or ends. */
    tap(socket: Socket, idTag: string) {
      if (socket.transaction) end(socket, 'Local')
      else if (socket.plugged && socket.operative && (socket.reservation === null || socket.reservation === idTag)) begin(socket, idTag)
    },
    measure(socket: Socket, amperes: number) {
      const meterValue = [{ timestamp: timestamp(wire.now()), sampledValue: [{ value: String(amperes), measurand: 'Current.Import', unit: 'A' }] }]
      post({ action: 'MeterValues', payload: () => ({ connectorId: socket.id, meterValue }), lasting: false })
    },
    flap(socket: Socket, status: Status) { tell(socket, status) },
    /** It has had time to think. */
    ponder() { questions.splice(0).forEach((answered) => answered()) },
    /** A message of the site reaches it. */
    receive(text: string) {
      // Frames of our own; a law says so.
      const [type, id, action, payload] = JSON.parse(text) as readonly [number, string, unknown, unknown]
      if (type === 2) {
        const question = (): void => answer(id, String(action), payload as Fields)
        return ponders ? void questions.push(question) : question()
      }
      if (id !== sending) return undefined
      const letter = outbox.shift()
      sending = undefined
      if (type === 3) letter?.answered?.(action as Fields)
      return send()
    },
  }

  function answer(id: string, action: string, payload: Fields): void {
    const reply = (word: string): string => JSON.stringify([3, id, action === 'GetConfiguration' ? {} : { status: word }])
    switch (manner) {
      case 'silent': return undefined
      case 'unable': return say(JSON.stringify([4, id, 'NotSupported', '', {}]))
      case 'refusing': return say(reply(action === 'UnlockConnector' ? 'UnlockFailed' : 'Rejected'))
      case 'accepting': {
        thoughts = []
        const word = actions[action]?.(sockets.find((candidate) => candidate.id === payload['connectorId']), payload) ?? 'Rejected'
        const deeds = thoughts
        thoughts = null
        return (actsFirst ? [...deeds, reply(word)] : [reply(word), ...deeds]).forEach(say)
      }
    }
  }
}

export type Charger = ReturnType<typeof createCharger>
