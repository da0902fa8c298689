import * as v from 'valibot'
import { isRecord, sound, type Sound } from './combine.ts'
import { chargerEntries, flowEntries, limits, objectEntries, ocppEntries, panelEntries, tagEntries } from './schema.ts'
import { objectNames, type ObjectAddresses, type ObjectName } from './site-config.ts'

export type SoundTag = Sound<typeof tagEntries>

/** A charger of which only right values are there; `objects` are those whose addresses are right, even when others are not. */
export interface SoundCharger {
  readonly values: Sound<typeof chargerEntries>
  readonly objects: { readonly [Name in ObjectName]?: ObjectAddresses }
}

/** What of a configuration is right, for the rules between names; places in lists are kept. */
export interface SoundSite {
  readonly ocppPort: number | undefined
  readonly ocppSecure: boolean | undefined
  readonly panelPort: number | undefined
  readonly tags: readonly SoundTag[]
  readonly chargers: readonly SoundCharger[]
}

/** Takes from an input what each name by itself allows. */
export function soundSite(input: unknown): SoundSite {
  return {
    ocppPort: sound(ocppEntries, part(input, 'ocpp')).port,
    ocppSecure: sound(ocppEntries, part(input, 'ocpp')).secure,
    panelPort: sound(panelEntries, part(input, 'panel')).port,
    tags: items(input, 'tags').map((tag) => sound(tagEntries, tag)),
    chargers: items(input, 'chargers').map((charger) => ({
      values: sound(chargerEntries, charger),
      objects: soundObjects(part(charger, 'objects')),
    })),
  }
}

function soundObjects(input: unknown): SoundCharger['objects'] {
  return Object.fromEntries(objectNames.map((name) => [name, soundAddresses(name, part(input, name))]))
}

function soundAddresses(name: ObjectName, input: unknown): ObjectAddresses {
  if (isRecord(input)) {
    const { send, receive } = sound(flowEntries[name], input)
    return { ...(typeof send === 'number' ? { send } : {}), ...(typeof receive === 'number' ? { receive } : {}) }
  }
  const result = v.safeParse(objectEntries[name], input)
  return result.success ? result.output ?? {} : {}
}

function part(input: unknown, name: string): unknown {
  return isRecord(input) && Object.hasOwn(input, name) ? input[name] : undefined
}

function items(input: unknown, name: 'tags' | 'chargers'): readonly unknown[] {
  const list = part(input, name)
  return Array.isArray(list) && list.length <= limits[name] ? list : []
}
