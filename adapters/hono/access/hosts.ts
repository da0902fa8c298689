/** Ends of names that no public DNS serves: RFC 6762, RFC 8375, RFC 6761, and what home routers use. */
const localEnds = ['.local', '.home.arpa', '.localhost', '.internal', '.lan', '.home'] as const

/**
 * Whether a Host header can be meant for us. A page elsewhere may have its name point here (DNS rebinding); it cannot do so with an
 * address, a name without dots, or one that only a local network knows. Other names must be in the configuration.
 */
export function isOurHost(header: string, known: readonly string[]): boolean {
  const [, host = ''] = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(header) ?? []
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === '') return false
  if (name.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || !name.includes('.')) return true
  return localEnds.some((end) => name.endsWith(end)) || known.some((one) => one.toLowerCase() === name)
}
