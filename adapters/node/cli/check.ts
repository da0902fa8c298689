import { requireSite } from './site-file.ts'

export async function check(file: string): Promise<void> {
  const { chargers, knx } = await requireSite(file)
  const addresses = new Set(chargers.flatMap(({ objects }) => Object.values(objects).flatMap(({ send, receive }) => [send, receive]).filter((address) => address !== undefined)))
  process.stdout.write(`${file} is right: ${chargers.length} chargers, ${addresses.size} group addresses, KNX gateway ${knx.gateway}\n`)
}
