/** The frame codec inside the package `knx` 2.5.4, as far as it is used; the package declares types for its Connection only. */
declare module 'knx/src/KnxProtocol.js' {
  interface Structures {
    readonly control: Hpai
    readonly data: Hpai
    readonly cri: { readonly header_length: number; readonly connection_type: number; readonly knx_layer: number; readonly unused: number }
    readonly connection: { readonly channel_id: number; readonly status: number }
    readonly tunnel: { readonly header_length: number; readonly channel_id: number; readonly seqnum: number; readonly rsvd: number }
    readonly cemi: KnxCemi
  }
  interface Hpai { readonly header_length?: number; readonly protocol_type: number; readonly tunnel_endpoint: string }
  interface KnxCemi {
    readonly msgcode: number
    readonly addinfo_length: number
    readonly ctrl: { readonly [bits in Control]: number }
    readonly src_addr: string
    readonly dest_addr: string
    readonly apdu: Apdu
  }
  type Control = 'frameType' | 'reserved' | 'repeat' | 'broadcast' | 'priority' | 'acknowledge' | 'confirm'
    | 'destAddrType' | 'hopCount' | 'extendedFrame'
  interface Apdu {
    readonly apdu_length?: number
    /** Length of the data in bits: up to 6 travel inside the APCI. */
    readonly bitlength?: number
    readonly tpci: number
    readonly apci: string
    readonly data: ArrayLike<number>
  }
  /** Reads structures one after the other under the names given; `next` lacks what the octets did not suffice for. */
  interface Reader {
    HPAI(name: 'control' | 'data'): Reader
    CRI(name: 'cri'): Reader
    ConnState(name: 'connection'): Reader
    TunnState(name: 'tunnel'): Reader
    CEMI(name: 'cemi'): Reader
    next(): Partial<Structures>
  }
  interface Writer {
    buffer: Buffer | null
    offset: number
    allocate(octets: number): Writer
    UInt8(value: number): Writer
    UInt16BE(value: number): Writer
    HPAI(value: Hpai): Writer
    CRI(value: Omit<Structures['cri'], 'header_length'>): Writer
    ConnState(value: Structures['connection']): Writer
    TunnState(value: Omit<Structures['tunnel'], 'header_length'>): Writer
    CEMI(value: KnxCemi): Writer
  }
  const protocol: {
    createReader(buffer: Buffer): Reader
    createWriter(): Writer
    readonly Writer: { readonly prototype: Writer }
  }
  export type { Apdu, KnxCemi, Reader, Structures, Writer }
  export default protocol
}

declare module 'knx/src/KnxLog.js' {
  const log: { get(options: { readonly loglevel: string }): unknown }
  export default log
}
