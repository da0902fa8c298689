import { allMembers, findMember, type ChargePoint, type Site } from '../../core/index.ts'

/** Whether a Charge Point has a configured connector; what is known of one that had is kept aside. */
function isConfigured({ connectors }: ChargePoint): boolean {
  return connectors.some(({ charger }) => charger)
}

/** The Charge Points that are configured. */
export function configuredMembers({ population }: Site): readonly ChargePoint[] {
  return allMembers(population).filter(isConfigured)
}

/** The Charge Point of this identity, if it is configured. */
export function findConfigured({ population }: Site, identity: string): ChargePoint | undefined {
  const member = findMember(population, identity)
  return member && isConfigured(member) ? member : undefined
}
