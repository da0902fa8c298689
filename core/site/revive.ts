import type { ChargePoint } from '../charge-point/charge-point.ts'
import { unlimited, type Connector } from '../charge-point/connector.ts'
import { lastingMeter } from '../charge-point/meter.ts'
import { allMembers, createPopulation } from './population.ts'
import { createSite, type Site } from './site.ts'

/**
 * What of a Charge Point survives a restart: everything but the link, what was under way on it, what it measured and had accepted, what
 * the bus was told, and the configuration, which comes from elsewhere.
 */
export function hardChargePoint(chargePoint: ChargePoint): ChargePoint {
  return {
    ...chargePoint,
    link: null,
    heardAt: 0,
    offlineSince: null,
    localList: { ...chargePoint.localList, wanted: null, inStep: false, restsUntil: 0 },
    pending: null,
    errands: [],
    connectors: chargePoint.connectors.map(hardConnector),
    security: { ...chargePoint.security, signing: null },
    nextCall: 1,
    wakeAt: null,
    untold: false,
  }
}

function hardConnector(connector: Connector): Connector {
  return {
    ...connector,
    charger: null,
    sends: [],
    report: { ...connector.report, connection: '' },
    meter: lastingMeter(connector.meter),
    limit: { ...unlimited, rung: connector.limit.rung, ignored: connector.limit.ignored, hopeless: connector.limit.hopeless },
    availability: { accepted: null, restsUntil: 0 },
    told: {},
  }
}

/** The site as it is after a restart: a new run, so that no id of the one before comes again; to be saved before anything leaves. */
export function revive(site: Site): Site {
  const fresh = createSite(site.rules.seed)
  return {
    ...fresh,
    at: site.at,
    rules: { ...fresh.rules, run: site.rules.run + 1 },
    nextTransaction: site.nextTransaction,
    population: createPopulation(allMembers(site.population).map(hardChargePoint)),
    strangers: site.strangers,
  }
}
