import type { Row } from '../../adapters/node/store/rows.ts'
import { openStore } from '../../adapters/node/store/store.ts'

/** Opens the books of wallbus in the directory that the first argument names; what it gives resolves when what was said is a row on disk. What comes while the disk is busy is the next commit. */
export async function openRows(): Promise<(said: object) => Promise<void>> {
  const { store } = await openStore(process.argv[2] ?? '')
  let waiting: { readonly row: Row; readonly resolve: () => void }[] = []
  let isWriting = false
  let serial = 0

  async function write(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await store.commit(group.map(({ row }) => row))
      for (const { resolve } of group) resolve()
    }
    isWriting = false
  }

  return (said) =>
    new Promise((resolve) => {
      serial += 1
      const row: Row = { table: 'transactions', serial, id: serial, identity: 'CP', connector: 1, tag: '', startedAt: Date.now(), value: JSON.stringify(said) }
      waiting.push({ row, resolve })
      setImmediate(() => void (isWriting || write()))
    })
}
