/** Between the window and its thread that works on the camera's frames. A frame is used up. */
export type FrameAsk = Readonly<
  | { id: number; kind: 'small'; frame: VideoFrame; side: number }
  | { id: number; kind: 'whole'; frames: readonly VideoFrame[] }
  | { id: number; kind: 'bitmap'; frame: VideoFrame; side: number }
>
export type SmallFrame = Readonly<{ kind: 'small'; jpeg: Blob; width: number; height: number; tiles: readonly number[] }>
/** The sharpest of the frames, in all its pixels. */
export type WholeFrame = Readonly<{ kind: 'whole'; jpeg: Blob; width: number; height: number }>
export type BitmapFrame = Readonly<{ kind: 'bitmap'; bitmap: ImageBitmap }>
export type FrameAnswer = Readonly<{ id: number }> & (SmallFrame | WholeFrame | BitmapFrame | Readonly<{ kind: 'failed' }>)
