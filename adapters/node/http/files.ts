import type { SitePort } from '../../hono/port.ts'

/** The panel's files; there are none yet. */
export const panelFiles: NonNullable<SitePort['files']> = () => Promise.resolve(undefined)
