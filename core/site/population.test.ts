import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settings } from '../../property-tests/settings.ts'
import { withDues } from '../charge-point/amend.ts'
import { createChargePoint } from '../charge-point/charge-point.ts'
import { allMembers, createPopulation, dueMembers, findMember, nextUntold, replaceMember } from './population.ts'

const dues = fc.record({ place: fc.nat(29), wakeAt: fc.option(fc.nat(5)), untold: fc.boolean() })
const names = Array.from({ length: 30 }, (_, n) => `CP${n}`)

test('After any replacements a population knows of its members what one made anew would know.', () => {
  fc.assert(fc.property(fc.array(dues, { maxLength: 60 }), fc.nat(6), (list, at) => {
    let population = createPopulation(names.map(createChargePoint))
    for (const { place, wakeAt, untold } of list) {
      const member = findMember(population, names[place] ?? '')
      if (member) population = replaceMember(population, withDues(member, wakeAt, untold))
    }
    const members = allMembers(population)
    expect(population).toEqual(createPopulation(members))
    expect(dueMembers(population, at)).toEqual(members.filter(({ wakeAt }) => wakeAt !== null && wakeAt <= at))
    expect(nextUntold(population, -1)?.[0]).toBe(members.find(({ untold }) => untold))
  }), settings(500))
})

test.each(['__proto__', 'constructor', 'toString', ''])('The identity "%s" is that of a Charge Point only where there is one.', (identity) => {
  expect(findMember(createPopulation([createChargePoint('CP1')]), identity)).toBeUndefined()
  expect(findMember(createPopulation([createChargePoint(identity)]), identity)?.identity).toBe(identity)
})
