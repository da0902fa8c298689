import { createStore } from './store.ts'

export const pages = ['chargers', 'status', 'history', 'configuration', 'diagnosis', 'access'] as const
export type PageName = (typeof pages)[number]

/** Where one is: a page, and what of it. */
export interface Place {
  readonly page: PageName
  readonly rest: readonly string[]
}

/** `#/chargers/ID/1` as a place; whatever is none is the first page. */
export function readPlace(hash: string): Place {
  const [first = '', ...rest] = hash.replace(/^#?\/?/, '').split('/').map(decode)
  const page = pages.find((name) => name === first)
  return page === undefined ? { page: 'chargers', rest: [] } : { page, rest: rest.filter((part) => part !== '') }
}

export function writePlace(page: PageName, ...rest: readonly string[]): string {
  return `#/${[page, ...rest].map(encodeURIComponent).join('/')}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const place = createStore<Place>({ page: 'chargers', rest: [] })

/** Follows the address bar. */
export function followAddress(): void {
  const follow = () => place.set(readPlace(location.hash))
  addEventListener('hashchange', follow)
  follow()
}
