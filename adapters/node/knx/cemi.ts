import protocol, { type Apdu, type KnxCemi } from 'knx/src/KnxProtocol.js'
import {
  formatGroupAddress, formatIndividualAddress, parseGroupAddress, parseIndividualAddress,
} from '../../../core/knx/group-address.ts'
import type { Cemi } from '../../../core/knx/link/frame.ts'
import type { Payload, Telegram } from '../../../core/knx/telegram.ts'

const codes = { 'L_Data.req': 0x11, 'L_Data.ind': 0x29, 'L_Data.con': 0x2e } as const
const codeNames = new Map<number, Cemi['code']>([[0x11, 'L_Data.req'], [0x29, 'L_Data.ind'], [0x2e, 'L_Data.con']])
const services = new Map<string, Telegram['service']>([
  ['GroupValue_Read', 'read'], ['GroupValue_Response', 'response'], ['GroupValue_Write', 'write'],
])
const apcis = { read: 'GroupValue_Read', response: 'GroupValue_Response', write: 'GroupValue_Write' } as const
/** Message code, length of the additional information, two control fields, two addresses, length of the APDU, TPCI. */
const fixedOctets = 10
const lowPriority = 3
const hopCount = 6

/** Reads a cEMI frame; null when it carries anything but a group telegram. */
export function decodeCemi(octets: Buffer): Cemi | null {
  const cemi = read(octets)
  if (cemi === undefined) return null
  const code = codeNames.get(cemi.msgcode)
  const source = parseIndividualAddress(cemi.src_addr)
  const telegram = decodeTelegram(cemi)
  return code && source.ok && telegram ? { code, source: source.value, error: cemi.ctrl.confirm === 1, telegram } : null
}

/** What the library writes a cEMI frame from: standard frame, low priority, six hops. */
export function encodeCemi({ code, source, error, telegram }: Cemi): KnxCemi {
  return {
    msgcode: codes[code],
    addinfo_length: 0,
    ctrl: {
      frameType: 1, reserved: 0, repeat: 1, broadcast: 1, priority: lowPriority, acknowledge: 0, confirm: error ? 1 : 0,
      destAddrType: 1, hopCount, extendedFrame: 0,
    },
    src_addr: formatIndividualAddress(source),
    dest_addr: formatGroupAddress(telegram.address),
    apdu: encodeApdu(telegram),
  }
}

function read(octets: Buffer): KnxCemi | undefined {
  try {
    const { cemi } = protocol.createReader(octets).CEMI('cemi').next()
    const complete = octets.length === fixedOctets + (cemi?.addinfo_length ?? 0) + (cemi?.apdu.apdu_length ?? 0)
    return complete ? cemi : undefined
  } catch {
    return undefined
  }
}

function decodeTelegram({ dest_addr: destination, apdu }: KnxCemi): Telegram | undefined {
  // An individual address is written with dots, and so is no group address.
  const address = parseGroupAddress(destination)
  const service = services.get(apdu.apci)
  if (!address.ok || service === undefined || apdu.tpci !== 0) return undefined
  return service === 'read' ? { service, address: address.value } : { service, address: address.value, payload: decodePayload(apdu) }
}

function decodePayload({ apdu_length: length, data }: Apdu): Payload {
  return length === 1 ? { small: data[0] ?? 0 } : { bytes: Array.from(data) }
}

// Without `bitlength` the library would squeeze a single octet below 64 into the APCI.
function encodeApdu(telegram: Telegram): Apdu {
  const apci = apcis[telegram.service]
  if (telegram.service === 'read') return { tpci: 0, apci, data: [0], bitlength: 6 }
  const { payload } = telegram
  if ('small' in payload) return { tpci: 0, apci, data: [payload.small], bitlength: 6 }
  return { tpci: 0, apci, data: payload.bytes, bitlength: payload.bytes.length * 8 }
}
