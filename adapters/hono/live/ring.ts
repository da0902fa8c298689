/** The newest items, as many as fit into a size; those that came first go first. */
export interface Ring<Item> {
  readonly push: (item: Item, size: number) => void
  /** Oldest first. */
  readonly items: () => readonly Item[]
}

export function createRing<Item>(mostSize: number): Ring<Item> {
  let slots: { readonly item: Item; readonly size: number }[] = []
  let first = 0
  let total = 0
  return {
    push(item, size) {
      slots.push({ item, size })
      total += size
      for (let slot = slots[first]; slot && total > mostSize; slot = slots[first]) {
        total -= slot.size
        first += 1
      }
      // What was dropped is let go of now and then, not each time.
      if (first > 256 && first > slots.length / 2) {
        slots = slots.slice(first)
        first = 0
      }
    },
    items: () => slots.slice(first).map(({ item }) => item),
  }
}
