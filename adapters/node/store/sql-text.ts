/** A number as SQL; NULL, which most columns refuse, when it is none. */
export const sqlNumber = (value: number | null | undefined): string => (Number.isFinite(value) ? String(value) : 'NULL')

/** A text as SQL: SQL ends at a NUL, and no text of ours needs one. */
export const sqlText = (value: string): string =>
  value.includes("'") || value.includes('\0') ? `'${value.replaceAll('\0', '').replaceAll("'", "''")}'` : `'${value}'`
