/** Carries out a step and gives back the lines of conversation that came of it. */
export type Play = (step: string) => readonly string[]

/**
 * A transcript played again: lines that begin with `#`, and empty ones, stay; lines that begin with `>` are steps; all others are
 * what came of the step above, and are written anew.
 */
export function replayTranscript(text: string, play: Play): string {
  const lines: string[] = []
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith('#')) lines.push(line)
    if (!line.startsWith('> ')) return
    try {
      lines.push(line, ...play(line.slice(2)))
    } catch (error) {
      throw new Error(`line ${index + 1}, ${line}`, { cause: error })
    }
  })
  return lines.join('\n')
}
