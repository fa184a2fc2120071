import { drawPicture, type Pages } from './pages'

/** JPEG and PNG: one page. The browser decodes when it draws, so an unused page costs no memory. */
export async function openImage(bytes: Blob): Promise<Pages> {
  const url = URL.createObjectURL(bytes)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch (error) {
    URL.revokeObjectURL(url)
    throw error
  }
  return {
    count: 1,
    draw: async ({ turn, width, signal }) => {
      signal.throwIfAborted()
      return drawPicture(image, { width: image.naturalWidth, height: image.naturalHeight }, { turn, width })
    },
    close: () => URL.revokeObjectURL(url),
  }
}
