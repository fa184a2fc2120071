/** The answer of a call that has nothing else to say. */
export const ok = { ok: true } as const

export const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer())
// A Blob takes only bytes that lie in a plain ArrayBuffer.
export const blobOf = (bytes: Uint8Array, type: string): Blob => new Blob([new Uint8Array(bytes)], { type })
