import { readFile } from 'node:fs/promises'
import { runCharger } from '../simulate/charger.ts'
import { runKnx } from '../simulate/knx.ts'
import { requireSite } from './site-file.ts'

interface ChargerOptions {
  readonly url: string
  readonly identity: string
  readonly connectors: number
  readonly password?: string
  readonly ca?: string
  readonly script?: string
  readonly scriptFile?: string
}

export async function simulateCharger({ ca, scriptFile, script, ...options }: ChargerOptions): Promise<void> {
  const text = scriptFile === undefined ? script : await readFile(scriptFile, 'utf8')
  await runCharger(
    { ...options, ...(ca !== undefined && { ca: await readFile(ca, 'utf8') }), ...(text !== undefined && { script: text }) },
    (line) => void process.stdout.write(`${line}\n`),
  )
}

export async function simulateKnx(site: string | undefined, options: { readonly port: number; readonly host: string }): Promise<void> {
  await runKnx({ ...options, ...(site !== undefined && { config: await requireSite(site) }) })
}
