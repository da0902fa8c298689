/** One server-sent event. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
}

/** The most that an event may have before it is complete. */
const longest = 4_194_304

/**
 * Reads server-sent events out of pieces of text (WHATWG HTML §9.2.6): give it each piece, it gives back the events that are complete.
 * EventSource cannot send a token; this reads what fetch receives.
 */
export function createEventReader(): (piece: string) => readonly ServerEvent[] {
  let rest = ''
  return (piece) => {
    rest += piece
    const events: ServerEvent[] = []
    for (;;) {
      const end = /\r?\n\r?\n/.exec(rest)
      if (!end) break
      const event = readEvent(rest.slice(0, end.index))
      if (event) events.push(event)
      rest = rest.slice(end.index + end[0].length)
    }
    if (rest.length > longest) throw new Error('an event without end')
    return events
  }
}

function readEvent(block: string): ServerEvent | undefined {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') event = value
    if (name === 'data') data.push(value)
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n') }
}
