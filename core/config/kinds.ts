import { parseGroupAddress } from '../knx/group-address.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Kind } from './combine.ts'
import { nearest } from './spelling.ts'

const inQuotes = 'put it in quotes, exactly as it is meant'
const unprintable = /[\p{Cc}\p{Cs}]/u

/** A text of 1 to `max` characters without control characters. YAML reads 04123456 as a number and drops the zero: numbers are refused. */
export function text(noun: string, max: number): Kind<string> {
  return { noun, read: (input) => readText(input, max) }
}

function readText(input: unknown, max: number): Result<string> {
  if (typeof input === 'number' || typeof input === 'boolean') return refuse(`without quotes it is read as ${asRead(input)}: ${inQuotes}`)
  if (typeof input !== 'string') return refuse('write a text')
  if (input === '' || input.length > max) return refuse(`1 to ${max} characters`)
  if (input.trim() !== input) return refuse('no spaces before or after it')
  return unprintable.test(input) ? refuse('no control characters') : ok(input)
}

function asRead(input: number | boolean): string {
  return typeof input === 'number' ? 'a number' : 'true or false'
}

/** A whole number within a range, both ends included. */
export function whole(noun: string, min: number, max: number): Kind<number> {
  return { noun, read: (input) => readNumber(input, Number.isInteger, `a whole number from ${min} to ${max}`, min, max) }
}

/** An electric current in amperes: IEC 61851 knows nothing between 0 and 6 A or above 80 A. */
export const amperes: Kind<number> = {
  noun: 'a current',
  read: (input) => readNumber(input, Number.isFinite, 'a number of amperes from 6 to 80', 6, 80),
}

function readNumber(input: unknown, fits: (number: number) => boolean, right: string, min: number, max: number): Result<number> {
  if (typeof input === 'string') return refuse(`${right}, without quotes or unit`)
  return typeof input === 'number' && fits(input) && input >= min && input <= max ? ok(input) : refuse(right)
}

/** True or false; `yes` and `no` are texts in YAML 1.2. */
export const trueOrFalse: Kind<boolean> = {
  noun: 'true or false',
  read: (input) => (typeof input === 'boolean' ? ok(input) : refuse('write true or false, without quotes')),
}

/** One of a few words, exactly. */
export function oneOf<const Word extends string | number>(noun: string, words: readonly Word[]): Kind<Word> {
  return {
    noun,
    read: (input) => {
      const word = words.find((candidate) => candidate === input)
      return word === undefined ? refuse(`one of ${words.join(', ')}`) : ok(word)
    },
  }
}

/** A group address as it is written, `9/7/41`; it becomes the number it is on the bus. */
export const groupAddress: Kind<number> = {
  noun: 'a group address',
  read: (input) => (typeof input === 'string' ? parseGroupAddress(input) : refuse('it is written main/middle/sub, such as 9/7/41')),
}

/** The identity of a Charge Point: 1 to 255 octets of UTF-8 (OCPP-J 1.6 §3.1.1). */
export const identity: Kind<string> = {
  noun: 'an identity',
  read: (input) => {
    const result = readText(input, 255)
    return result.ok && octets(result.value) > 255 ? refuse('at most 255 octets in UTF-8') : result
  },
}

function octets(value: string): number {
  let count = 0
  for (const character of value) {
    const point = character.codePointAt(0) ?? 0
    count += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return count
}

/** A password of HTTP Basic; empty is none. */
export const password: Kind<string | undefined> = {
  noun: 'a password',
  secret: true,
  read: (input) => (input === '' ? ok(undefined) : readText(input, 255)),
}

/** An RFID tag that is known: any but `*`, which stands for every tag. */
export const knownTag: Kind<string> = {
  noun: 'an RFID tag',
  read: (input) => (input === '*' ? refuse('`*` is every tag: it belongs in startTags') : readText(input, 36)),
}

/** An IANA time zone that this host knows. */
export const timeZone: Kind<string> = {
  noun: 'a time zone',
  read: (input) => {
    if (typeof input !== 'string') return refuse('write its IANA name, such as Europe/Amsterdam')
    return knowsZone(input) ? ok(input) : refuse(likelyZone(input))
  },
}

function knowsZone(zone: string): boolean {
  // An offset is known to some hosts only, and has no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function likelyZone(word: string): string {
  const zones = Intl.supportedValuesOf('timeZone')
  const near = zones.find((zone) => zone.toLowerCase().endsWith(`/${word.toLowerCase()}`)) ?? nearest(word, zones)
  return near === undefined ? 'write its IANA name, such as Europe/Amsterdam' : `did you mean \`${near}\`?`
}

/** An address of this machine, in IPv4 or IPv6, or `none`. */
export const listenAddress: Kind<string> = {
  noun: 'an address to listen on',
  read: (input) => (typeof input === 'string' && isListenAddress(input) ? ok(input) : refuse('an address of this machine such as 127.0.0.1 or ::1, or none; leave it out for all')),
}

function isListenAddress(word: string): boolean {
  return word === 'none' || /^\d{1,3}(\.\d{1,3}){3}$/.test(word) || (word.includes(':') && /^[0-9a-f:.]{2,45}$/i.test(word))
}

/** A host name as browsers send it, without port. */
export const hostName: Kind<string> = {
  noun: 'a host name',
  read: (input) => (typeof input === 'string' && /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(input) ? ok(input) : refuse('the name alone, such as charging.example.org')),
}
