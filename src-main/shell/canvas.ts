/** The token canvas of the visual language, light and dark: what shows before the page has painted. */
export const CANVAS = { light: '#EEF1F2', dark: '#0F161A' }
