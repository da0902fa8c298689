import { nearest } from '../../../core/config/spelling.ts'
import { ok, refuse, type Result } from '../../../core/result.ts'
import { commands, isConnector, type ScriptStep } from './commands.ts'

export type { ScriptStep } from './commands.ts'

/** What the commands are, a line each. */
export const scriptHelp: string = Object.entries(commands)
  .map(([name, { usage, help }]) => `${`${name} ${usage}`.trimEnd().padEnd(26)} ${help}`)
  .join('\n')

/** A word of a script and where it stands; lines and columns count from 1. */
interface Word {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Reads commands between semicolons or on lines of their own; `#` begins a remark. A mistake is named with its line and column. */
export function parseScript(text: string): Result<readonly ScriptStep[]> {
  const steps: ScriptStep[] = []
  for (const words of statements(text)) {
    const step = readStatement(words)
    if (!step.ok) return step
    steps.push(step.value)
  }
  return ok(steps)
}

function statements(text: string): readonly (readonly Word[])[] {
  return text.split(/\r?\n/).flatMap((whole, i) => {
    const line = i + 1
    let from = 0
    return whole.replace(/#.*/, '').split(';').flatMap((part) => {
      const words = Array.from(part.matchAll(/\S+/g), (match): Word => ({ text: match[0], line, column: from + match.index + 1 }))
      from += part.length + 1
      return words.length === 0 ? [] : [words]
    })
  })
}

function readStatement([name, ...rest]: readonly Word[]): Result<ScriptStep> {
  if (!name) return refuse('nothing is said')
  const key = name.text.toLowerCase()
  const command = Object.hasOwn(commands, key) ? commands[key] : undefined
  if (!command) return mistake(name, `“${name.text.slice(0, 40)}” is no command${suggestion(key)}`)
  const [least, most] = command.values
  const named = command.connector && rest.length > least && isConnector(rest[0]?.text)
  const values = named ? rest.slice(1) : rest
  if (values.length < least || values.length > most) return mistake(name, `it is: ${key} ${command.usage}`.trimEnd())
  const step = command.read(named ? Number(rest[0]?.text) : 1, values.map((value) => value.text))
  return step.ok ? step : mistake(values[0] ?? name, step.reason)
}

function suggestion(name: string): string {
  const meant = nearest(name, Object.keys(commands))
  return meant === undefined ? `: ${Object.keys(commands).join(', ')}` : `; did you mean ${meant}?`
}

function mistake({ line, column }: Word, reason: string): Result<never> {
  return refuse(`line ${line}, column ${column}: ${reason}`)
}
