import type { Telegram } from '../knx/telegram.ts'
import type { Sample } from '../charge-point/sample.ts'
import type { Answer } from '../charge-point/outcome.ts'
import type { TransactionRecord } from '../charge-point/transaction.ts'
import type { CommandStage } from './command.ts'
import type { Instant } from './event.ts'

/** Everything a site asks its host to do, in order, after the state has been saved. */
export type Effect =
  /** Send a text message on a Charge Point's WebSocket; dropped when that connection is gone. */
  | { readonly type: 'send'; readonly identity: string; readonly connection: string; readonly text: string }
  /** Close a Charge Point's WebSocket. */
  | { readonly type: 'close'; readonly identity: string; readonly connection: string; readonly code: number; readonly reason: string }
  /** Sign a certificate request (PEM) for this Charge Point if its common name is one of `commonNames`, and report `signed` with `request`. */
  | { readonly type: 'sign'; readonly identity: string; readonly request: Instant; readonly csr: string; readonly commonNames: readonly string[] }
  /** Put a group telegram on the bus and report `transmitted`; at most one is outstanding. */
  | { readonly type: 'transmit'; readonly telegram: Telegram }
  /** Write a transaction into the books, over what stood there under the same id. */
  | { readonly type: 'book'; readonly transaction: TransactionRecord }
  /** A meter has spoken. */
  | { readonly type: 'sample'; readonly sample: Sample }
  /** A command has come to a stage. */
  | { readonly type: 'progress'; readonly command: string; readonly stage: CommandStage; readonly reason: string }
  /** What a Charge Point said to a `call` order, as it stood; its last `progress` follows. */
  | { readonly type: 'answered'; readonly command: string; readonly answer: Answer }
  /** Something a person may want to know. */
  | { readonly type: 'note'; readonly level: 'info' | 'warning'; readonly identity: string; readonly connector: number; readonly text: string }
