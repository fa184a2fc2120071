import './display.css'
import en from '@resources/locales/en/display.json'
import vi from '@resources/locales/vi/display.json'
import { startPage } from '../hall'
import { DisplayApp } from './app'

await startPage({ vi: { display: vi }, en: { display: en } }, <DisplayApp />)
