import { parseDocument, type Document, type ErrorCode, type YAMLError } from 'yaml'
import { tooMuch } from './guard.ts'
import type { Place, Problem } from './place.ts'
import { writeOut } from './write-out.ts'

/** A YAML text as JSON has it, with the place of everything; or the problems that keep it from being read. */
export type Yaml =
  | { readonly ok: true; readonly value: unknown; readonly place: Place; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads one YAML 1.2 document, and so any JSON; never throws. */
export function readYaml(text: string): Yaml {
  const over = tooMuch(text)
  if (over !== undefined) return { ok: false, problems: [{ range: [over.offset, over.offset + 1], what: over.what, right: 'no configuration needs that' }] }
  const document = parse(text)
  if (document === undefined || document.errors.length > 0) return { ok: false, problems: document?.errors.map(toProblem) ?? [unreadable] }
  const { value, place, problems } = writeOut(document.contents, [0, text.length])
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value, place, warnings: document.warnings.map(toProblem) }
}

function parse(text: string): Document.Parsed | undefined {
  try {
    // Unique keys are checked while writing out: the parser's own check takes minutes for a file of nothing but names.
    return parseDocument(text, {
      version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false, resolveKnownTags: false, prettyErrors: false, logLevel: 'silent',
    })
  } catch {
    return undefined
  }
}

const unreadable: Problem = { range: [0, 1], what: 'this is not YAML', right: 'correct it' }

function toProblem({ pos, code, message }: YAMLError): Problem {
  return { range: pos, what: message, right: remedies[code] ?? 'correct the YAML' }
}

const remedies: { readonly [Code in ErrorCode]?: string } = {
  BAD_ALIAS: 'a text that begins with * or & needs quotes',
  BAD_INDENT: 'begin what belongs together at the same column',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'one name and value per line; a text with a colon and a space needs quotes',
  MISSING_CHAR: 'close the quote or bracket, or add what is missing',
  MULTILINE_IMPLICIT_KEY: 'end the name with a colon',
  MULTIPLE_DOCS: 'one document in a file: remove the line ---',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'leave out the word with the exclamation mark, or put it in quotes',
  UNEXPECTED_TOKEN: 'close the quote or bracket before it, or put the text in quotes',
}
