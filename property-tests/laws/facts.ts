import { isHeard } from '../../core/charge-point/registration.ts'
import type { IncomingAction } from '../../core/ocpp/actions.ts'
import { allMembers, findMember, type Connector, type Effect, type Site } from '../../core/index.ts'
import type { Happening, Result } from '../happening.ts'
import type { ConnectorPair, Edge, Heard, Pair, Sent } from './law.ts'

/** A step with what there is to see of it. */
export function createEdge(before: Site, happening: Happening, [after, effects]: Result, again: () => Result): Edge {
  const sent = effects.flatMap((effect) => (effect.type === 'send' ? [frameOf(effect)] : []))
  const changed = before.population === after.population ? [] : changedMembers(before, after)
  return {
    before, happening, after, effects, again, changed,
    heard: hear(before, happening),
    calls: sent.filter(({ type }) => type === 2),
    answers: sent.filter(({ type }) => type !== 2),
    changedConnectors: changed.flatMap(changedConnectors),
  }
}

function frameOf({ identity, connection, text }: Extract<Effect, { type: 'send' }>): Sent {
  const elements = parse(text)
  const [type, id, third, fourth]: readonly unknown[] = Array.isArray(elements) ? elements : []
  const isCall = type !== 3 && type !== 4
  return { identity, connection, text, type: isCall ? 2 : type, id: String(id), action: isCall ? String(third) : '', body: isCall ? fourth : third }
}

function hear({ population }: Site, happening: Happening): Heard | undefined {
  if (happening.type !== 'received') return undefined
  const chargePoint = findMember(population, happening.identity)
  if (chargePoint?.link?.connection !== happening.connection) return undefined
  const elements = parse(happening.text)
  return Array.isArray(elements) ? { chargePoint, connection: happening.connection, elements } : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function changedMembers(before: Site, after: Site): readonly Pair[] {
  return allMembers(after.population).flatMap((member) => {
    const was = findMember(before.population, member.identity)
    return was && was !== member ? [{ before: was, after: member }] : []
  })
}

function changedConnectors(chargePoint: Pair): readonly ConnectorPair[] {
  return chargePoint.after.connectors.flatMap((after) => {
    const before = chargePoint.before.connectors.find(({ id }) => id === after.id)
    return before === after ? [] : [{ chargePoint, before, after }]
  })
}

/** A request with its payload, not judged either. */
export interface Request extends Heard {
  readonly payload: { readonly [name: string]: unknown }
}

/** The request that was heard, when it is of this action and its sender may make it. */
export function request({ heard }: Edge, action: IncomingAction): Request | undefined {
  if (heard?.elements[0] !== 2 || heard.elements[2] !== action || heard.elements.length !== 4 || !isHeard(heard.chargePoint, action)) return undefined
  const payload = heard.elements[3]
  // An object of any kind: what is in it is looked up by name.
  return typeof payload === 'object' && payload !== null ? { ...heard, payload: payload as Request['payload'] } : undefined
}

/** A connector by the number in a payload. */
export function connectorOf(site: Site, identity: string, id: unknown): Connector | undefined {
  return findMember(site.population, identity)?.connectors.find((connector) => connector.id === id)
}

/** The effects of one type. */
export function only<Type extends Effect['type']>({ effects }: Edge, type: Type): readonly Extract<Effect, { type: Type }>[] {
  return effects.filter((effect): effect is Extract<Effect, { type: Type }> => effect.type === type)
}

/** The first complaint about any of these. */
export function first<Item>(items: readonly Item[], complain: (item: Item) => string | undefined | false): string | undefined {
  for (const item of items) {
    const complaint = complain(item)
    if (complaint !== undefined && complaint !== false) return complaint
  }
  return undefined
}
