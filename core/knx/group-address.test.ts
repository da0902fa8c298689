import { expect, test } from 'vitest'
import { formatGroupAddress, formatIndividualAddress, parseGroupAddress, parseIndividualAddress } from './group-address.ts'

const addresses = Array.from({ length: 0x1_0000 }, (_, address) => address)

test.each([
  ['9/7/41', 20_265], ['0/0/1', 1], ['31/7/255', 65_535], ['1/0/0', 2048], ['9/1833', 20_265], ['0/1', 1], ['31/2047', 65_535],
])('%s is the group address %i.', (text, address) => {
  expect(parseGroupAddress(text)).toEqual({ ok: true, value: address })
})

test('Every group address is read as it is written.', () => {
  const readAsWritten = addresses.filter((address) => {
    const parsed = parseGroupAddress(formatGroupAddress(address))
    return parsed.ok && parsed.value === address
  })
  expect(readAsWritten).toEqual(addresses.slice(1))
})

test.each([
  ['32/0/0', 'the main group is 0 to 31, not “32”'],
  ['9/8/0', 'the middle group is 0 to 7, not “8”'],
  ['9/7/256', 'the sub group is 0 to 255, not “256”'],
  ['9/2048', 'the sub group is 0 to 2047, not “2048”'],
  ['0/0/0', '0/0/0 is the broadcast address: no group object can use it'],
  ['0/0', '0/0/0 is the broadcast address: no group object can use it'],
  ['20265', 'a group address is written main/middle/sub, such as 9/7/41'],
  ['9/7/41/0', 'a group address is written main/middle/sub, such as 9/7/41'],
  ['', 'a group address is written main/middle/sub, such as 9/7/41'],
])('“%s” is refused: %s.', (text, reason) => {
  expect(parseGroupAddress(text)).toEqual({ ok: false, reason })
})

test.each([
  '9/7/', '/7/41', '9/7/-1', '9/7/+1', '9/7/041', ' 9/7/41', '9/7/41 ', '9/7/41\n', '9/7/0x1', '9/7/1e1', '9/7/1.0', '9/7/٤١',
  `9/7/${'1'.repeat(400)}`,
])('Only plain digits are numbers, so %j is refused, with a short reason.', (text) => {
  const result = parseGroupAddress(text)
  expect(result.ok).toBe(false)
  expect(JSON.stringify(result).length).toBeLessThan(120)
})

test('Every individual address is read as it is written.', () => {
  expect(parseIndividualAddress('1.1.250')).toEqual({ ok: true, value: 0x11fa })
  const readAsWritten = addresses.filter((address) => {
    const parsed = parseIndividualAddress(formatIndividualAddress(address))
    return parsed.ok && parsed.value === address
  })
  expect(readAsWritten).toEqual(addresses)
})

test.each(['16.1.1', '1.16.1', '1.1.256', '1.1', '1.1.1.1', '1/1/1', '1.1.'])('“%s” is no individual address.', (text) => {
  expect(parseIndividualAddress(text).ok).toBe(false)
})
