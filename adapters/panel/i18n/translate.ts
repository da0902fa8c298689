import { clip } from '../format/text.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Language } from './languages.ts'

export type MessageName = keyof typeof en

/** A translation has every message; one that is missing does not compile. */
export type Messages = { readonly [Name in MessageName]: string }

/** The names in braces of a text. */
type Places<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}` ? Place | Places<Rest> : never

/** The messages that have no places. */
export type PlainName = { [Name in MessageName]: [Places<(typeof en)[Name]>] extends [never] ? Name : never }[MessageName]

/** What has to be given beside the name of a message: a value for each of its places. */
export type Values<Name extends MessageName> =
  [Places<(typeof en)[Name]>] extends [never] ? [] : [values: { readonly [Place in Places<(typeof en)[Name]>]: string | number }]

export type Translate = <Name extends MessageName>(name: Name, ...values: Values<Name>) => string

const tables: { readonly [Tag in Language]: Messages } = { en, de }

/** The messages of a language. */
export function translator(language: Language): Translate {
  const table = tables[language]
  return (name, ...values) => fill(table[name], values[0])
}

/** Whether there is a message of this name that stands by itself, for names that come from outside. */
export function isMessage(name: string): name is PlainName {
  return Object.hasOwn(en, name) && !(en as Readonly<Record<string, string>>)[name]?.includes('{')
}

/** A word of the controller in the language of the reader; one that has no translation as it is. */
export function named(t: Translate, group: string, word: string): string {
  const name = `${group}.${word}`
  return isMessage(name) ? t(name) : clip(word, 60)
}

function fill(text: string, values: { readonly [place: string]: string | number } | undefined): string {
  if (values === undefined) return text
  return text.replace(/\{(\w+)\}/g, (whole, place: string) => (Object.hasOwn(values, place) ? String(values[place]) : whole))
}
