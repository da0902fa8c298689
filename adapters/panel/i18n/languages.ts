/** The languages there are; each has a file of its own. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** As they call themselves. */
export const languageNames: { readonly [Tag in Language]: string } = { en: 'English', de: 'Deutsch' }

/** The first language the browser asks for that there is; English where there is none. */
export function wantedLanguage(asked: readonly string[]): Language {
  for (const tag of asked) {
    const found = languages.find((language) => language === tag.slice(0, 2).toLowerCase())
    if (found) return found
  }
  return 'en'
}
