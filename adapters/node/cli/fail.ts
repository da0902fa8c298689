/** Ends with a clear word and exit code 1: what was asked for could not be done. */
export function fail(error: unknown): never {
  process.stderr.write(`wallbus: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
