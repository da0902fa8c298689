import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import { judge } from './authorization.ts'
import { call, type Call } from './calls.ts'
import type { ChargePoint, Purpose } from './charge-point.ts'
import { configuredNumber, features, hasFeature } from './configuration-keys.ts'
import { withUnsupported, type Outcome } from './outcome.ts'
import type { ListEntry, LocalList } from './profile.ts'

/** Entries in one update where the charger does not say, and in a list at most. */
const usualPortion = 50
const longestList = 1_000
/** The longest idTag (OCPP 1.6 §7.28). */
const longestIdTag = 20

/** Milliseconds before the second attempt; each after it rests twice as long, up to a day: lists are kept in flash. */
const firstRest = 600_000
const longestRest = 86_400_000

/** The Charge Point with the list it ought to have: what its connectors name and what is known of tags, but for `*`. */
export function withWantedList(chargePoint: ChargePoint, turn: Turn): ChargePoint {
  const { localList } = chargePoint
  const chargers = chargePoint.connectors.flatMap(({ charger }) => charger ?? [])
  if (!chargers.some((charger) => charger.localList)) return localList.wanted === null ? chargePoint : amend(chargePoint, { localList: { ...localList, wanted: null, inStep: false } })
  const named = chargers.flatMap(({ startTags, managedTags }) => [...startTags, ...managedTags])
  const known = Object.values(turn.rules.tags).map(({ tag }) => tag)
  const tags = new Map([...named, ...known].map((tag) => [tag.toUpperCase(), tag]))
  tags.delete('*')
  const wanted = [...tags.values()].filter((tag) => tag.length <= longestIdTag).flatMap((tag) => entryOf(chargePoint, tag, turn)).slice(0, longestList)
  return amend(chargePoint, { localList: judged(chargePoint, { ...localList, wanted }) })
}

/** The verdict the tag would get when the charger asked for it; none for one that nobody lets in. */
function entryOf(chargePoint: ChargePoint, idTag: string, turn: Turn): readonly ListEntry[] {
  const { status, parentIdTag, expiryDate } = judge(chargePoint, idTag, turn)
  if (status === 'Invalid') return []
  const parent = parentIdTag !== undefined && parentIdTag.length <= longestIdTag ? { parentIdTag } : {}
  return [{ idTag, idTagInfo: { status, ...parent, ...(expiryDate !== undefined && { expiryDate }) } }]
}

/** As many entries as the charger has room for (OCPP 1.6 §9.2.2); those that are named first come first. */
function fitting(chargePoint: ChargePoint, wanted: readonly ListEntry[]): readonly ListEntry[] {
  return wanted.slice(0, configuredNumber(chargePoint, 'LocalAuthListMaxLength') || longestList)
}

function judged(chargePoint: ChargePoint, list: LocalList): LocalList {
  const inStep = list.wanted !== null && list.held !== null && changesIn(list.held, fitting(chargePoint, list.wanted)).length === 0
  return { ...list, inStep, failures: inStep ? 0 : list.failures }
}

/** A list entry, or a tag by itself that is to go (OCPP 1.6 §7.1). */
type Change = ListEntry | Pick<ListEntry, 'idTag'>

/** What makes one list of another: removals first, so that there is room. */
function changesIn(held: readonly ListEntry[], wanted: readonly ListEntry[]): readonly Change[] {
  const before = new Map(held.map((entry) => [entry.idTag, JSON.stringify(entry)]))
  const tags = new Set(wanted.map(({ idTag }) => idTag))
  return [
    ...held.filter(({ idTag }) => !tags.has(idTag)).map(({ idTag }) => ({ idTag })),
    ...wanted.filter((entry) => before.get(entry.idTag) !== JSON.stringify(entry)),
  ]
}

/** Can the charger keep a list, as far as is known? */
export function keepsLists(chargePoint: ChargePoint): boolean {
  const { unsupported } = chargePoint.profile
  return hasFeature(chargePoint, features.localList) !== false && !unsupported.includes('SendLocalList') && !unsupported.includes('GetLocalListVersion')
}

/** On each link the version first, then what is missing, in portions that the charger takes (OCPP 1.6 §5.10, §5.15). */
export function localListCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { localList, link } = chargePoint
  if (localList.wanted === null || !link?.asked.includes('configuration')) return undefined
  const asks = !link.asked.includes('localList')
  if ((localList.inStep && !asks) || turn.at < localList.restsUntil || !keepsLists(chargePoint)) return undefined
  if (asks) return [amend(chargePoint, { link: { ...link, asked: [...link.asked, 'localList'] } }), call('GetLocalListVersion', {}, { type: 'listVersion' })]
  return [chargePoint, update(chargePoint, localList, localList.wanted)]
}

function update(chargePoint: ChargePoint, { held, version }: LocalList, all: readonly ListEntry[]): Call {
  const portion = Math.max(1, configuredNumber(chargePoint, 'SendLocalListMaxLength') ?? usualPortion)
  const wanted = fitting(chargePoint, all)
  const changes = held && changesIn(held, wanted)
  const listVersion = version + 1
  // Where more changes than stays, a whole list is shorter.
  const full = held === null || changes === null || changes.length > wanted.length
  if (full) {
    const entries = wanted.slice(0, portion)
    return call('SendLocalList', { listVersion, updateType: 'Full', localAuthorizationList: [...entries] }, { type: 'list', version: listVersion, held: entries })
  }
  const some = changes.slice(0, portion)
  const gone = new Set(some.map(({ idTag }) => idTag))
  const then = [...held.filter(({ idTag }) => !gone.has(idTag)), ...some.filter((change): change is ListEntry => 'idTagInfo' in change)]
  return call('SendLocalList', { listVersion, updateType: 'Differential', localAuthorizationList: [...some] }, { type: 'list', version: listVersion, held: then })
}

/** Compares the charger's version with the last it accepted from us: another one is somebody else's list, or none. */
export function settleListVersion(chargePoint: ChargePoint, { status, payload }: Outcome, turn: Turn): ChargePoint {
  const { localList } = chargePoint
  if (status !== 'Confirmed') return status === 'Lost' ? chargePoint : failed(chargePoint, turn)
  // It has been read by its schema.
  const { listVersion } = payload as { readonly listVersion: number }
  if (listVersion < 0) return withUnsupported(chargePoint, 'SendLocalList', turn)
  const known = localList.held !== null && listVersion === localList.version
  const version = Math.max(known ? localList.version : listVersion, 0)
  return amend(chargePoint, { localList: judged(chargePoint, { ...localList, version: Math.min(version, 2 ** 31 - 2), held: known ? localList.held : null }) })
}

/** What was accepted is held; after anything else the next update is a full one. */
export function settleList(chargePoint: ChargePoint, asked: Extract<Purpose, { type: 'list' }>, outcome: Outcome, turn: Turn): ChargePoint {
  const { localList } = chargePoint
  if (outcome.status === 'Accepted') {
    const list = judged(chargePoint, { ...localList, held: asked.held, version: asked.version })
    if (list.inStep) note(turn, 'info', chargePoint.identity, 0, `the charger has its local list: ${asked.held.length} tags, version ${asked.version}`)
    return amend(chargePoint, { localList: list })
  }
  // What the charger has taken will show in its version.
  if (outcome.status === 'Lost') return chargePoint
  return failed(chargePoint, turn, outcome.reason)
}

function failed(chargePoint: ChargePoint, turn: Turn, reason?: string): ChargePoint {
  const { localList, link } = chargePoint
  if (localList.failures === 0 && reason !== undefined) note(turn, 'warning', chargePoint.identity, 0, `the local list was not taken: ${reason}`)
  const failures = Math.min(localList.failures + 1, 10)
  const restsUntil = turn.at + Math.min(firstRest * 2 ** (failures - 1), longestRest)
  const asked = link?.asked.filter((question) => question !== 'localList') ?? []
  return amend(chargePoint, { link: link && { ...link, asked }, localList: { ...localList, held: null, inStep: false, failures, restsUntil } })
}
