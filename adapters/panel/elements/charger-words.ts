import type { Charger } from '../../hono/schemas/charger.ts'
import type { PlainName } from '../i18n/translate.ts'
import type { IconName } from './icon.ts'

/** How a state looks: a word, a shape and a tone, so that nobody depends on the colour. */
export interface StateLook {
  readonly words: PlainName
  readonly icon: IconName
  readonly tone: 'active' | 'calm' | 'wait' | 'bad' | 'off'
}

const looks: { readonly [Status in NonNullable<Charger['status']>]: StateLook } = {
  Available: { words: 'status.Available', icon: 'available', tone: 'calm' },
  Preparing: { words: 'status.Preparing', icon: 'preparing', tone: 'wait' },
  Charging: { words: 'status.Charging', icon: 'bolt', tone: 'active' },
  SuspendedEV: { words: 'status.SuspendedEV', icon: 'pause', tone: 'wait' },
  SuspendedEVSE: { words: 'status.SuspendedEVSE', icon: 'pause', tone: 'wait' },
  Finishing: { words: 'status.Finishing', icon: 'finishing', tone: 'calm' },
  Reserved: { words: 'status.Reserved', icon: 'bookmark', tone: 'wait' },
  Unavailable: { words: 'status.Unavailable', icon: 'unavailable', tone: 'off' },
  Faulted: { words: 'status.Faulted', icon: 'warning', tone: 'bad' },
}

const offline: StateLook = { words: 'status.offline', icon: 'offline', tone: 'off' }
const unheard: StateLook = { words: 'status.unknown', icon: 'unknown', tone: 'off' }

/** What a charger is doing, in plain words. */
export function lookOf({ connected, status }: Pick<Charger, 'connected' | 'status'>): StateLook {
  if (!connected) return offline
  return status === null ? unheard : looks[status]
}

/** Why charging cannot be started now; null: it can be tried. */
export function startHindrance({ connected, status, availability }: Charger): PlainName | null {
  if (!connected) return 'why.offline'
  if (status === 'Faulted') return 'why.faulted'
  if (status === 'Unavailable' || availability.wanted === false) return 'why.unavailable'
  return status === 'Reserved' ? 'why.reserved' : null
}

/** Whether a stop is what the button is for. */
export function isBusy({ session, charging }: Pick<Charger, 'session' | 'charging'>): boolean {
  return session !== null || charging === true
}
