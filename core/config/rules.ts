import type { Mistake } from './mistake.ts'
import { pathText, quote } from './mistake.ts'
import type { SoundCharger, SoundSite, SoundTag } from './sound-site.ts'
import { usualFuse } from './schema.ts'

/** The rules between names that do not concern group addresses. */
export function ruleMistakes(site: SoundSite): readonly Mistake[] {
  return [
    ...portsDiffer(site),
    ...eachTagOnce(site.tags),
    ...eachConnectorOnce(site.chargers),
    ...sharedNames.flatMap((name) => onePerIdentity(site.chargers, name)),
    ...profilesPossible(site),
    ...site.chargers.flatMap(currentsWithinFuse),
  ]
}

function portsDiffer({ ocppPort, panelPort }: SoundSite): readonly Mistake[] {
  if (ocppPort === undefined || ocppPort !== panelPort) return []
  return [{ path: ['panel', 'port'], what: `${panelPort} is the port of ocpp already`, right: 'give each its own' }]
}

function eachTagOnce(tags: readonly SoundTag[]): readonly Mistake[] {
  return repeated(tags.map(({ tag }) => tag?.toUpperCase())).map(([first, index]) => ({
    path: ['tags', index, 'tag'],
    what: `${pathText(['tags', first])} is this tag already`,
    right: 'list each tag once; upper and lower case are the same',
  }))
}

function eachConnectorOnce(chargers: readonly SoundCharger[]): readonly Mistake[] {
  const keys = chargers.map(({ values: { identity, connector } }) => (identity && connector ? `${connector} ${identity}` : undefined))
  return repeated(keys).map(([first, index]) => ({
    path: ['chargers', index, 'connector'],
    what: `${pathText(['chargers', first])} is this connector of this Charge Point already`,
    right: 'give each connector of a Charge Point its own number',
  }))
}

/** What is a matter of the Charge Point, and not of each of its connectors. */
export const sharedNames = ['password', 'securityProfile', 'registration'] as const

function onePerIdentity(chargers: readonly SoundCharger[], name: (typeof sharedNames)[number]): readonly Mistake[] {
  const firstOf = new Map<string, { readonly index: number; readonly value: unknown }>()
  const mistakes: Mistake[] = []
  for (const [index, { values }] of chargers.entries()) {
    const { identity, [name]: value } = values
    if (identity === undefined || value === undefined || value === null) continue
    const first = firstOf.get(identity)
    if (first === undefined) firstOf.set(identity, { index, value })
    else if (first.value !== value) {
      mistakes.push({
        path: ['chargers', index, name],
        what: `another ${name} than at ${pathText(['chargers', first.index])}`,
        right: `${quote(identity)} is one Charge Point: it connects with one ${name}`,
      })
    }
  }
  return mistakes
}

/** Security whitepaper §2: profiles 1 and 2 prove a password, 2 and 3 are spoken over TLS. */
function profilesPossible({ ocppSecure, chargers }: SoundSite): readonly Mistake[] {
  const withPassword = new Set(chargers.flatMap(({ values: { identity, password } }) => (typeof password === 'string' ? [identity] : [])))
  return chargers.flatMap(({ values }, index) => {
    const { identity, securityProfile } = values
    const path = ['chargers', index, 'securityProfile']
    const mistakes: Mistake[] = []
    if ((securityProfile === 2 || securityProfile === 3) && ocppSecure === false) {
      mistakes.push({ path, what: `security profile ${securityProfile} is spoken over TLS`, right: 'set `secure: true` in `ocpp`' })
    }
    // A password that is written wrongly is told already.
    const isKnown = withPassword.has(identity) || !Object.hasOwn(values, 'password')
    if ((securityProfile === 1 || securityProfile === 2) && !isKnown) {
      mistakes.push({ path, what: `security profile ${securityProfile} proves a password`, right: 'give `password` too' })
    }
    return mistakes
  })
}

function currentsWithinFuse({ values }: SoundCharger, index: number): readonly Mistake[] {
  const { normalCurrent, fastCurrent, fuseCurrent } = values
  // A fuse that is written wrongly is not the usual one, and neither is that of a wrong fast current.
  if (!Object.hasOwn(values, 'fuseCurrent')) return []
  const fuse = fuseCurrent ?? (fastCurrent === undefined ? Infinity : usualFuse(fastCurrent))
  return Object.entries({ normalCurrent, fastCurrent }).flatMap(([name, current]) => (current === undefined || current <= fuse ? [] : [{
    path: ['chargers', index, name],
    what: `${current} A is more than the fuse of ${fuse} A`,
    right: 'lower it, or correct `fuseCurrent`',
  }]))
}

/** Where a value comes again: the index of its first and of its later place. */
function repeated(values: readonly (string | undefined)[]): readonly (readonly [first: number, again: number])[] {
  const places = new Map<string, number>()
  const found: (readonly [number, number])[] = []
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue
    const first = places.get(value)
    if (first === undefined) places.set(value, index)
    else found.push([first, index])
  }
  return found
}
