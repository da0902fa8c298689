import { allMembers, findMember, type ChargePoint, type Connector, type Effect, type Site } from '../../core/index.ts'
import type { Edge, Sent } from './law.ts'

/** The frames among effects. */
export function framesIn(effects: readonly Effect[]): readonly Sent[] {
  return effects.flatMap((effect) => (effect.type === 'send' ? [frameOf(effect)] : []))
}

function frameOf({ identity, connection, text }: Extract<Effect, { type: 'send' }>): Sent {
  // Our own frames are tuples; a law of its own says so.
  const [type, id, third, fourth] = JSON.parse(text) as readonly [2 | 3 | 4, string, unknown, unknown]
  return { identity, connection, text, type, id, action: type === 2 ? String(third) : '', body: type === 2 ? fourth : third }
}

/** The CALLs among the effects. */
export function calls({ sent }: Edge): readonly Sent[] {
  return sent.filter(({ type }) => type === 2)
}

/** A CALL that a Charge Point made on its present link: its elements as they stand, not judged. */
export interface Heard {
  readonly chargePoint: ChargePoint
  readonly connection: string
  readonly elements: readonly unknown[]
}

/** What a Charge Point said on its present link, where it is JSON. */
export function heard({ before, happening }: Edge): Heard | undefined {
  if (happening.type !== 'received') return undefined
  const chargePoint = findMember(before.population, happening.identity)
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

/** A request with its payload, not judged either. */
export interface Request extends Heard {
  readonly payload: { readonly [name: string]: unknown }
}

/** The request that was heard, when it is of this action and its sender may make it. */
export function request(edge: Edge, action: string): Request | undefined {
  const call = heard(edge)
  if (call?.elements[0] !== 2 || call.elements[2] !== action || call.elements.length !== 4 || !call.chargePoint.registered) return undefined
  const payload = call.elements[3]
  // An object of any kind: what is in it is looked up by name.
  return typeof payload === 'object' && payload !== null ? { ...call, payload: payload as Request['payload'] } : undefined
}

/** The answers to what was heard. */
export function answers({ sent }: Edge): readonly Sent[] {
  return sent.filter(({ type }) => type !== 2)
}

/** A Charge Point before and after the step. */
export interface Pair {
  readonly before: ChargePoint
  readonly after: ChargePoint
}

/** The Charge Points the step has changed. */
export function changed(edge: Edge): readonly Pair[] {
  if (edge.before.population === edge.after.population) return []
  return allMembers(edge.after.population).flatMap((after) => {
    const before = findMember(edge.before.population, after.identity)
    return before && before !== after ? [{ before, after }] : []
  })
}

/** A connector before and after the step; a new one has no before. */
export interface ConnectorPair {
  readonly chargePoint: Pair
  readonly before: Connector | undefined
  readonly after: Connector
}

/** The connectors the step has changed. */
export function changedConnectors(edge: Edge): readonly ConnectorPair[] {
  return changed(edge).flatMap((chargePoint) => chargePoint.after.connectors.flatMap((after) => {
    const before = chargePoint.before.connectors.find(({ id }) => id === after.id)
    return before === after ? [] : [{ chargePoint, before, after }]
  }))
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
