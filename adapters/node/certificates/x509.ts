// Every process but the one that makes certificates goes without the library: it costs some 20 MB.
type Library = typeof import('@peculiar/x509')

/** Loads the X.509 library on first use. */
export const loadX509 = (): Promise<Library> => {
  // The library's dependency injection insists on these, though nothing it does here needs metadata.
  const reflect: Record<string, unknown> = { getMetadata: nothing, getOwnMetadata: nothing, defineMetadata: nothing }
  for (const [name, value] of Object.entries(reflect)) {
    if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value, configurable: true, writable: true })
  }
  return import('@peculiar/x509')
}

const nothing = (): undefined => undefined
