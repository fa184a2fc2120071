/** Between the window and its thread that reads codes. */
export type CodeAsk = Readonly<{
  id: number
  picture: ImageBitmap | ImageData
  /** A frame of the camera: one QR, the quick way first. Else all codes of a page. */
  live: boolean
}>
/** Corners in pixels of the picture, clockwise from the code's own top left. */
export type SeenCode = Readonly<{ text: string; corners: readonly (readonly [x: number, y: number])[] }>
export type CodeAnswer = Readonly<{ id: number; codes: readonly SeenCode[]; failed: boolean }>
