import { createServer } from 'node:net'

export const demoIdentity = 'OCPP123455A9876'

export interface DemoPorts {
  readonly chargers: number
  readonly panel: number
}

/** The configuration of the demo. The panel has a password that everybody knows, so it is served to this machine alone. */
export function demoSite({ chargers, panel }: DemoPorts): string {
  return `site: { name: Demo, timeZone: ${Intl.DateTimeFormat().resolvedOptions().timeZone} }
ocpp: { port: ${chargers}, limitInterval: 1 }
knx: { gateway: virtual } # a bus in memory
panel: { port: ${panel}, address: 127.0.0.1 }
chargers:
  - name: Charger 1
    identity: ${demoIdentity}
    objects:
      status: 9/7/0
      errorCode: 9/7/100
      charging: { send: 9/7/1, receive: 9/7/2 }
      reservation: 9/7/3
      availability: { send: 9/7/4, receive: 9/7/5 }
      unlock: 9/7/6
      transactionEnergy: 9/7/10
      startTime: 9/7/20
      endTime: 9/7/30
      chargingCurrent: 9/7/40
      maxCurrent: { send: 9/7/41, receive: 9/7/42 }
      reset: 9/7/101
`
}

/** The wanted TCP port if it can be had, else one that is free; without an address on all of them. */
export async function freePort(wanted: number, address?: string): Promise<number> {
  return (await portBound(wanted, address)) ?? (await portBound(0, address)) ?? wanted
}

function portBound(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined))
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      const bound = server.address()
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : undefined))
    })
  })
}
