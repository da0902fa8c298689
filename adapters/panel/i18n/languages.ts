/** The languages there are; each has a file of its own. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** As they call themselves. */
export const languageNames: { readonly [Tag in Language]: string } = { en: 'English', de: 'Deutsch' }
