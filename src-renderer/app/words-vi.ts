import { byScreen, type Words } from './words'

/** Every Vietnamese word of the window; they are what English falls back on, too. */
export const vietnamese = byScreen(import.meta.glob<Words>('../../resources/locales/vi/*.json', { eager: true, import: 'default' }))
