import { writeFile } from 'node:fs/promises'
import { exportCsv, exportXml } from '../../../core/knx/ets.ts'
import { requireSite } from './site-file.ts'

const formats = { xml: exportXml, csv: exportCsv } as const

export async function ets(file: string, { format, out }: { readonly format: keyof typeof formats; readonly out?: string }): Promise<void> {
  const text = formats[format](await requireSite(file))
  if (out === undefined) process.stdout.write(text)
  else await writeFile(out, text)
}
