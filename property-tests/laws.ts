import { busLaws } from './laws/bus.ts'
import { frameLaws } from './laws/frames.ts'
import type { Law } from './laws/law.ts'
import { lifeLaws } from './laws/life.ts'
import { commandLaws, limitLaws } from './laws/limits.ts'
import { setUpLaws } from './laws/set-up.ts'
import { securityLaws } from './laws/security.ts'
import { meteringLaws } from './laws/metering.ts'
import { shapeLaws } from './laws/shape.ts'
import { transactionLaws } from './laws/transactions.ts'

/** What holds for every step of every site. */
export const laws: readonly Law[] = [
  ...shapeLaws, ...frameLaws, ...lifeLaws, ...transactionLaws, ...meteringLaws, ...limitLaws, ...commandLaws, ...setUpLaws, ...busLaws, ...securityLaws,
]
