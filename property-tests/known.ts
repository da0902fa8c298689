/** Breaches that are known and not mended yet, by the law and what it says; to be empty. */
const known: readonly { readonly title: RegExp; readonly complaint: RegExp }[] = []

/** Is this breach known? */
export function isKnown(title: string, complaint: string): boolean {
  return known.some((breach) => breach.title.test(title) && breach.complaint.test(complaint))
}
