import { CST, Lexer } from 'yaml'

/** The most a configuration file may hold, so that reading it takes seconds at worst and never the process. */
export const limits = { octets: 1_048_576, tokens: 300_000, depth: 32, indent: 200, nodes: 300_000 } as const

/** Where and why a text is not even worth parsing; the parser recurses, and deep nesting ends the process instead of throwing. */
export function tooMuch(text: string): { readonly offset: number; readonly what: string } | undefined {
  let offset = 0
  let tokens = 0
  let brackets = 0
  let dashes = 0
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source)
    if (type !== null && opens.has(type)) brackets++
    else if (type !== null && closes.has(type)) brackets--
    else if (type === 'newline') dashes = 0
    else if (type !== null && compact.has(type) && brackets === 0) dashes++
    if (brackets > limits.depth || dashes > limits.depth || (type === 'space' && source.length > limits.indent)) {
      return { offset, what: 'nested too deeply' }
    }
    if (++tokens > limits.tokens) return { offset, what: `more than ${limits.tokens} words and signs` }
    if (!marks.has(source)) offset += source.length
  }
  return undefined
}

const opens = new Set<CST.TokenType>(['flow-seq-start', 'flow-map-start'])
const closes = new Set<CST.TokenType>(['flow-seq-end', 'flow-map-end'])
// Each of these opens a level on the same line: `- - - x`.
const compact = new Set<CST.TokenType>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])
// The lexer's own marks, which are not in the text.
const marks = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR])
