/** The cases that do not pass yet, and what is missing; an entry that passes fails the tests, so that it is taken out. */
export const pending: { readonly [id: string]: string } = {}
