/** Bundles the panel into a folder. */
export function buildPanel(folder: string): Promise<void>
