import { createChargePoint, ensureConnector, type ChargePoint } from '../charge-point/charge-point.ts'
import { unknownProfile } from '../charge-point/profile.ts'
import { unlimited, type Connector } from '../charge-point/connector.ts'
import { remember, runningTransaction, type TransactionRecord } from '../charge-point/transaction.ts'
import { createPopulation } from './population.ts'
import { chargePointKey, siteKey, type Row } from './save.ts'
import { createSite, type Site } from './site.ts'

/** A site as it was saved; rows that cannot be read are named, not dropped in silence. */
export interface Loaded {
  readonly site: Site
  readonly unreadable: readonly string[]
}

/**
 * The site that was saved as rows and books; `seed` is for one that never was. The books are written first and are right about
 * transactions: `records` are those that run and the last of each Charge Point, in any order.
 */
export function load(rows: readonly Row[], records: readonly TransactionRecord[], seed: number): Loaded {
  const unreadable: string[] = []
  const read = <T>({ key, value }: Row, isWhole: (parsed: unknown) => parsed is T): readonly T[] => {
    const parsed = parse(value)
    if (isWhole(parsed)) return [parsed]
    unreadable.push(key)
    return []
  }
  const [saved] = rows.filter(({ key }) => key === siteKey).flatMap((row) => read(row, isSavedSite))
  const members = rows.filter(({ key }) => key.startsWith(chargePointKey)).flatMap((row) => read(row, isChargePoint)).map(whole)
  const ordered = records.toSorted((a, b) => a.serial - b.serial)
  const books = byIdentity(ordered)
  const fresh = createSite(saved?.seed ?? seed)
  const site: Site = {
    ...fresh,
    at: saved?.at ?? 0,
    rules: { ...fresh.rules, run: saved?.run ?? 0 },
    nextTransaction: Math.max(saved?.nextTransaction ?? 1, (ordered.at(-1)?.serial ?? 0) + 1),
    population: createPopulation(members.map((member) => withBooks(member, books.get(member.identity) ?? []))),
  }
  return { site, unreadable }
}

function byIdentity(records: readonly TransactionRecord[]): ReadonlyMap<string, readonly TransactionRecord[]> {
  const groups = new Map<string, TransactionRecord[]>()
  for (const record of records) {
    const group = groups.get(record.identity)
    if (group) group.push(record)
    else groups.set(record.identity, [record])
  }
  return groups
}

function withBooks(saved: ChargePoint, records: readonly TransactionRecord[]): ChargePoint {
  const member = records.reduce((rest, { connector }) => ensureConnector(rest, connector), whole(saved))
  const connectors = member.connectors.map((connector) => booked(connector, records.filter((record) => record.connector === connector.id)))
  return { ...member, connectors, recent: records.reduce(remember, saved.recent) }
}

/** A row that was written before something came to be remembered begins to remember it. */
function whole(saved: ChargePoint): ChargePoint {
  const connectors = saved.connectors.map((connector) => ({ ...connector, limit: { ...unlimited, ...connector.limit } }))
  return { ...createChargePoint(saved.identity), ...saved, profile: { ...unknownProfile, ...saved.profile }, connectors }
}

/** What the row says of the same transaction is kept: it knows more, but may be older. */
function booked(connector: Connector, records: readonly TransactionRecord[]): Connector {
  const running = records.filter(({ endedAt, aside }) => endedAt === null && !aside)
  const newest = running.at(-1)
  const known = running.find(({ id }) => id === connector.transaction?.id)
  const transaction = known ? { ...runningTransaction(known), ...connector.transaction } : newest ? runningTransaction(newest) : null
  let { last } = connector
  for (const { id, startedAt, endedAt, energy, aside } of records) {
    if (!aside && endedAt !== null && endedAt > (last?.endedAt ?? 0)) last = { id, startedAt, endedAt, energy: energy ?? 0 }
  }
  return { ...connector, transaction, last }
}

interface SavedSite {
  readonly seed: number
  readonly run: number
  readonly nextTransaction: number
  readonly at: number
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSavedSite(value: unknown): value is SavedSite {
  return isRecord(value) && ['seed', 'run', 'nextTransaction', 'at'].every((name) => typeof value[name] === 'number')
}

/** Our own rows are whole or damaged, never half: the fields that name a Charge Point tell which. */
function isChargePoint(value: unknown): value is ChargePoint {
  return isRecord(value) && typeof value['identity'] === 'string' && Array.isArray(value['connectors']) && Array.isArray(value['recent']) && isRecord(value['profile'])
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}
