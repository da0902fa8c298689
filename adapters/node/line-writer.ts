import type { Writable } from 'node:stream'

/** Writes lines; those of one turn of the event loop go out together, for each write is a system call. */
export function lineWriter(stream: Writable): (line: string) => void {
  let lines: string[] = []
  return (line) => {
    if (lines.push(line) > 1) return
    setImmediate(() => {
      const text = lines.join('\n')
      lines = []
      stream.write(`${text}\n`)
    })
  }
}
