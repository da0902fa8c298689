import { encodeText } from '../../core/ocpp/encode-json.ts'

/** One thing worth telling. */
export interface Entry {
  readonly at: number
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  /** Identity and connector, or what part of the controller speaks. */
  readonly source: string
  readonly text: string
}

export type Log = (entry: Entry) => void

const longestText = 500

/** Writes entries as readable lines for a terminal, as JSON for a machine. */
export function createLog(write: (line: string) => void, { json, verbose }: { readonly json: boolean; readonly verbose: boolean }): Log {
  return (entry) => {
    if (entry.level === 'debug' && !verbose) return
    write(json ? jsonLine(entry) : readableLine(entry))
  }
}

function jsonLine({ at, level, source, text }: Entry): string {
  return `{"time":"${isoTime(at)}","level":"${level}","source":${encodeText(source)},"text":${encodeText(text.slice(0, longestText))}}`
}

let written = { at: Number.NaN, text: '' }

/** Lines come in bunches, and to write a time costs more than the rest of its line. */
function isoTime(at: number): string {
  if (written.at !== at) written = { at, text: new Date(at).toISOString() }
  return written.text
}

const signs: { readonly [Level in Entry['level']]: string } = { debug: '·', info: ' ', warning: '!', error: '✗' }

function readableLine({ at, level, source, text }: Entry): string {
  const time = new Date(at).toLocaleTimeString('en-GB')
  return `${time} ${signs[level]} ${printable(source).padEnd(20)} ${printable(text)}`
}

/** What chargers say is shown without what a terminal would obey: controls, and the marks that turn or hide text. */
function printable(text: string): string {
  return text.slice(0, longestText).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
}
