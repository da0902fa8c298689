/** Tells whoever started this server on which port it listens. */
export function tellReady(address: { readonly port: number } | string | null): void {
  process.stdout.write(`ready ${typeof address === 'object' ? address?.port : ''}\n`)
}
