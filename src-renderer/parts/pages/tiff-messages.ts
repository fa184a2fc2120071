/** Between the page and its TIFF thread. */
export type TiffAsk = Readonly<{ kind: 'open'; bytes: ArrayBuffer }> | Readonly<{ kind: 'page'; page: number }>
export type TiffAnswer =
  | Readonly<{ kind: 'opened'; count: number }>
  | Readonly<{ kind: 'page'; width: number; height: number; pixels: Uint8ClampedArray<ArrayBuffer> }>
  | Readonly<{ kind: 'failed' }>
