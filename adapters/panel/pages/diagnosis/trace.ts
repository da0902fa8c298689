import type { FrameView } from '../../../hono/schemas/diagnosis.ts'

/** The frames of a trace, oldest first: what was received, and what was sent upon it. Lines that cannot be read are left out. */
export function framesOf(trace: string): readonly FrameView[] {
  return trace.split('\n').flatMap((line) => {
    const step = parse(line)
    if (step === undefined) return []
    const { event, effects } = step
    const at = Number(event['at'])
    const identity = String(event['identity'])
    const heard = event['type'] === 'received' ? [{ at, identity, from: 'charger', text: String(event['text']) } as const] : []
    const said = effects.flatMap((effect) => (effect['type'] === 'send' ? [{ at, identity, from: 'central', text: String(effect['text']) } as const] : []))
    return [...heard, ...said]
  })
}

type Fields = Readonly<Record<string, unknown>>

function parse(line: string): { readonly event: Fields; readonly effects: readonly Fields[] } | undefined {
  try {
    const { event, effects } = JSON.parse(line) as { readonly event?: unknown; readonly effects?: unknown }
    return isFields(event) && Array.isArray(effects) ? { event, effects: effects.filter(isFields) } : undefined
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
