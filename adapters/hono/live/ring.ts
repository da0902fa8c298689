/** The newest items, at most so many; those that came first go first. */
export interface Ring<Item> {
  readonly push: (item: Item) => void
  /** Oldest first. */
  readonly items: () => readonly Item[]
}

export function createRing<Item>(most: number): Ring<Item> {
  let slots: Item[] = []
  return {
    push(item) {
      slots.push(item)
      // What is too much is let go of now and then, not each time.
      if (slots.length >= 2 * most) slots = slots.slice(-most)
    },
    items: () => slots.slice(-most),
  }
}
