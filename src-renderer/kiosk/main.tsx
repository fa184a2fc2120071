import '../display/display.css'
import './kiosk.css'
import enDisplay from '@resources/locales/en/display.json'
import en from '@resources/locales/en/kiosk.json'
import viDisplay from '@resources/locales/vi/display.json'
import vi from '@resources/locales/vi/kiosk.json'
import { startPage } from '../hall'
import { Kiosk } from './kiosk'

// The words of the rating are those of the citizen's display.
await startPage({ vi: { kiosk: vi, display: viDisplay }, en: { kiosk: en, display: enDisplay } }, <Kiosk />)
