/** The same runs every time, unless `FC_SEED` says otherwise; `FC_RUNS` multiplies how many there are. A failure is shrunk for a while only. */
export function settings(runs: number) {
  const { FC_SEED = '20261123', FC_RUNS = '1' } = process.env
  return { seed: Number(FC_SEED), numRuns: Math.ceil(runs * Number(FC_RUNS)), interruptAfterTimeLimit: 40_000 * Number(FC_RUNS), markInterruptAsFailure: true }
}
