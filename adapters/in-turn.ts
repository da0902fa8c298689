/** Makes `work` take its items one at a time in their order, also those that come while it is at work on another. */
export function inTurn<Item>(work: (item: Item) => void): (item: Item) => void {
  const waiting: Item[] = []
  let busy = false
  return (item) => {
    waiting.push(item)
    if (busy) return
    busy = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) work(next)
    } finally {
      busy = false
    }
  }
}
