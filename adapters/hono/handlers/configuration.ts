import { pathText } from '../../../core/config/mistake.ts'
import { writeConfig } from '../../../core/config/write.ts'
import type { SiteConfig } from '../../../core/index.ts'
import { hidden, mask } from '../mask.ts'
import type { ChargerChange, ConfigurationPort, Entry, PlacedMistake, ReadingOfText, SitePort } from '../port.ts'
import { isRefused, refuse, type Handlers, type Refused } from '../reply.ts'
import { noCharger } from './state.ts'

type Names = 'configuration' | 'validateConfiguration' | 'replaceConfiguration' | 'addCharger' | 'replaceCharger' | 'removeCharger'
type Written = { readonly version: string; readonly warnings: readonly ReturnType<typeof shown>[] }

/** The configuration, as a whole and charger by charger. */
export function configurationHandlers({ configuration }: SitePort): Pick<Handlers, Names> {
  const check = (text: string) => withoutStars(configuration.check(text))
  const checkSent = async (text: string): Promise<{ readonly text: string; readonly reading: ReadingOfText }> => {
    const unmasked = configuration.unmask(text, (await configuration.read()).text)
    return { text: unmasked, reading: check(unmasked) }
  }

  async function change(ifMatch: string | undefined, makeChange: (config: SiteConfig) => ChargerChange | Refused): Promise<Written | Refused> {
    const file = await configuration.read()
    if (ifMatch !== undefined && !matches(ifMatch, file.version)) return outdated()
    const { config } = configuration.check(file.text)
    if (!config) return refuse(409, 'the configuration file has mistakes', 'configuration', 'correct them first: GET /api/configuration lists them')
    const wanted = makeChange(config)
    if (isRefused(wanted)) return wanted
    const text = configuration.edit(file.text, wanted)
    if (text === undefined) return refuse(409, 'this charger is written in a way that cannot be changed piece by piece', 'configuration', 'replace the configuration as a whole')
    return write(configuration, text, file.version, check(text))
  }

  /** The place in the file: chargers are told apart by identity and connector. */
  const indexOf = ({ chargers }: SiteConfig, identity: string, connector: number) => chargers.findIndex((one) => one.identity === identity && one.connector === connector)

  return {
    async configuration({ query: { passwords = false }, context }) {
      const { text, version, writable } = await configuration.read()
      const { config, mistakes, warnings } = configuration.check(text)
      const checked = config ? writeConfig(config) : null
      return context.json({
        version,
        text: passwords ? text : configuration.mask(text),
        checked: (passwords ? checked : mask(checked)) as { [name: string]: unknown } | null,
        writable,
        mistakes: mistakes.map(shown),
        warnings: warnings.map(shown),
      }, 200, { ETag: `"${version}"` })
    },
    async validateConfiguration({ body: { text } }) {
      const { mistakes, warnings } = (await checkSent(text)).reading
      return { valid: mistakes.length === 0, mistakes: mistakes.map(shown), warnings: warnings.map(shown) }
    },
    async replaceConfiguration({ body, context: { req } }) {
      const ifMatch = req.header('If-Match')
      if (ifMatch === undefined) return refuse(428, 'which version this is made from is not told', 'If-Match', 'send If-Match with the ETag of GET /api/configuration')
      const { version } = await configuration.read()
      if (!matches(ifMatch, version)) return outdated()
      const { text, reading } = await checkSent(body.text)
      return write(configuration, text, version, reading)
    },
    async addCharger({ body, context: { req } }) {
      return change(req.header('If-Match'), (config) => {
        const { identity, connector = 1 } = body
        const isThere = typeof identity === 'string' && typeof connector === 'number' && indexOf(config, identity, connector) !== -1
        return isThere ? refuse(409, `${identity}/${connector} is configured already`, 'identity', 'change it with PUT, or take another connector') : { type: 'add', entry: body }
      })
    },
    replaceCharger: ({ params: { identity, connector }, body, context: { req } }) =>
      change(req.header('If-Match'), (config) => {
        const index = indexOf(config, identity, connector)
        return index === -1 ? noCharger(identity, connector) : { type: 'replace', index, entry: withPassword(body, config.chargers[index]?.password) }
      }),
    removeCharger: ({ params: { identity, connector }, context: { req } }) =>
      change(req.header('If-Match'), (config) => {
        const index = indexOf(config, identity, connector)
        return index === -1 ? noCharger(identity, connector) : { type: 'remove', index }
      }),
  }
}

function matches(ifMatch: string, version: string): boolean {
  // RFC 9110 §13.1.1: a star is any version.
  return ifMatch.trim() === '*' || ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', '') === version)
}

function outdated(): Refused {
  return refuse(412, 'the configuration has changed meanwhile', 'If-Match', 'read it again, and make your change in that')
}

/** A password that is *** still is one that nobody knows. */
function withoutStars(reading: ReadingOfText): ReadingOfText {
  const unknown = (reading.config?.chargers ?? []).flatMap(({ password }, index) => (password === hidden ? [index] : []))
  if (unknown.length === 0) return reading
  const mistakes = unknown.map((index) => ({ path: ['chargers', index, 'password'], what: `${hidden} stands for a password that was not there`, right: 'write the password' }))
  return { mistakes: [...reading.mistakes, ...mistakes], warnings: reading.warnings }
}

/** Where a password is shown as ***, it stays. */
function withPassword(entry: Entry, password: string | undefined): Entry {
  return entry['password'] === hidden ? { ...entry, password: password ?? null } : entry
}

async function write(configuration: ConfigurationPort, text: string, version: string, { mistakes, warnings }: ReadingOfText): Promise<Written | Refused> {
  if (mistakes.length > 0) return refuse(422, `it has ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`, 'text', 'correct what is listed in mistakes', { mistakes: mistakes.map(shown) })
  const result = await configuration.write(text, version)
  if (result.ok) return { version: result.version, warnings: warnings.map(shown) }
  return result.why === 'changed' ? outdated() : refuse(409, `the configuration cannot be written: ${result.reason}`, 'configuration', 'let the user of wallbus write the file, or edit it where it is')
}

function shown({ path, what, right, spot }: PlacedMistake) {
  return { path: pathText(path), what, right, line: spot?.line ?? null, column: spot?.column ?? null }
}
