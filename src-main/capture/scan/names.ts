/** The name of a page file, in the order of pages. */
export const pageName = (number: number, ending: string): string => `p${String(number).padStart(5, '0')}.${ending}`

/** A text of a device for the screen: no control characters, not endless. */
export const tidy = (text: string, most = 120): string =>
  // eslint-disable-next-line no-control-regex
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim().slice(0, most)
