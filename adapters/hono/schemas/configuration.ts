import * as v from 'valibot'
import { fields, flagQuery, list, mistake } from './common.ts'

/** The configuration as it is: its text, and as it was understood, with every default. `version` is also in the header ETag. */
export const configuration = v.object({
  version: v.string(),
  text: v.pipe(v.string(), v.description('YAML; passwords are *** unless passwords=true')),
  checked: v.pipe(v.nullable(fields), v.description('Names as in the file, all defaults spelt out; null while the file has mistakes')),
  writable: v.pipe(v.boolean(), v.description('False: the file cannot be written, and changes are refused')),
  mistakes: list(mistake),
  warnings: list(mistake),
})
export type Configuration = v.InferOutput<typeof configuration>

export const configurationQuery = v.object({ passwords: v.optional(flagQuery) })

/** YAML or JSON as text. Where a password is ***, the one of the present configuration stays. */
export const configurationText = v.object({ text: v.pipe(v.string(), v.maxLength(1_048_576)) })

/** What reading it found: valid when there are no mistakes. */
export const reading = v.object({ valid: v.boolean(), mistakes: list(mistake), warnings: list(mistake) })
export type ReadingView = v.InferOutput<typeof reading>

/** The new version. */
export const written = v.object({ version: v.string(), warnings: list(mistake) })

/** A charger as the configuration file writes it (docs/configuration.md). */
export const chargerEntry = v.pipe(fields, v.description('Names as in the configuration file: name, identity, connector, …'))
