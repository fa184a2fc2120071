import { byScreen, type Words } from './words'

/** Every English word of the window, in a file of its own: few starts need it. */
export const english = byScreen(import.meta.glob<Words>('../../resources/locales/en/*.json', { eager: true, import: 'default' }))
