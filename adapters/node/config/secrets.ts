import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Document, type Scalar } from 'yaml'
import { hidePassword } from './lines.ts'
import { readYaml } from './yaml.ts'

const hidden = '***'

/** A password in a text: where it is, what it is, and by what it is found again in another version of that text. */
interface Secret {
  readonly from: number
  readonly to: number
  readonly value: string
  /** The identity beside it, else its place. */
  readonly name: string
}

/** A configuration text with its passwords as ***; what is no YAML loses everything that looks like one. */
export function maskPasswords(text: string): string {
  const secrets = findSecrets(text)
  return secrets ? splice(text, secrets, () => hidden) : text.split('\n').map(hidePassword).join('\n')
}

/** The text where a password that is *** is what it is in the present text; one that is not there stays ***. */
export function unmaskPasswords(text: string, present: string): string {
  const known = new Map<string, string>()
  for (const { name, value } of findSecrets(present) ?? []) known.set(name, value)
  const masked = (findSecrets(text) ?? []).filter(({ value }) => value === hidden)
  return splice(text, masked, ({ name }) => known.get(name) ?? hidden)
}

/** From the last to the first, so that places stay right. */
function splice(text: string, secrets: readonly Secret[], valueOf: (secret: Secret) => string): string {
  return secrets.reduceRight((rest, secret) => rest.slice(0, secret.from) + JSON.stringify(valueOf(secret)) + rest.slice(secret.to), text)
}

function findSecrets(text: string): readonly Secret[] | undefined {
  if (!readYaml(text).ok) return undefined
  const document: Document.Parsed = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false })
  const secrets: Secret[] = []
  visit(document, {
    Pair(_key, { key, value }, path) {
      if (!isScalar(key) || !/^pass?w/i.test(String(key.value)) || !isScalar(value) || !isWritten(value)) return
      const map = path.at(-1)
      const identity: unknown = isMap(map) ? map.get('identity') : undefined
      const place = path.map((node, i) => (isSeq(node) ? node.items.indexOf(path[i + 1]) : isPair(node) ? String(node.key) : '')).join('/')
      secrets.push({ from: value.range[0], to: value.range[1], value: String(value.value), name: typeof identity === 'string' ? `identity ${identity}` : `place ${place}` })
    },
  })
  return secrets.toSorted((a, b) => a.from - b.from)
}

function isWritten(value: Scalar): value is Scalar & { readonly range: readonly [number, number, number] } {
  return value.value !== null && value.value !== '' && Array.isArray(value.range)
}
