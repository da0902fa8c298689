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
  if (over !== undefined) return fail([{ range: [over.offset, over.offset + 1], what: over.what, right: 'no configuration needs that' }])
  const document = parse(text)
  if (document === undefined) return fail([{ range: [0, 1], what: 'this is not YAML', right: 'correct it' }])
  if (document.errors.length > 0) return fail(document.errors.slice(0, mostProblems).map(toProblem))
  const { value, place, problems } = writeOut(document.contents, [0, text.length])
  return problems.length > 0 ? fail(problems) : { ok: true, value, place, warnings: document.warnings.map(toProblem) }
}

function fail(problems: readonly Problem[]): Yaml {
  return { ok: false, problems }
}

// After a first error the parser stumbles over what follows.
const mostProblems = 20

function parse(text: string): Document.Parsed | undefined {
  const { stackTraceLimit } = Error
  // The parser makes an Error per mistake: without stack traces a file of nothing but mistakes takes a tenth of the time.
  Error.stackTraceLimit = 0
  try {
    // Unique keys are checked while writing out: the parser's own check takes minutes for a file of nothing but names.
    return parseDocument(text, {
      version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false, resolveKnownTags: false, prettyErrors: false, logLevel: 'error',
    })
  } catch {
    return undefined
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function toProblem({ pos, code, message }: YAMLError): Problem {
  return { range: pos, what: ownWords[code] ?? message, right: remedies[code] ?? 'correct the YAML' }
}

// The parser's words would repeat what was written, and that may be a password.
const ownWords: { readonly [Code in ErrorCode]?: string } = {
  BAD_DQ_ESCAPE: 'an unknown letter after a backslash',
  TAG_RESOLVE_FAILED: 'an unknown YAML tag',
}

const remedies: { readonly [Code in ErrorCode]?: string } = {
  BAD_ALIAS: 'a text that begins with * or & needs quotes',
  BAD_DQ_ESCAPE: 'in single quotes a backslash is only a backslash',
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
