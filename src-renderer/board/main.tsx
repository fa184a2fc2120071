import './board.css'
import en from '@resources/locales/en/board.json'
import vi from '@resources/locales/vi/board.json'
import { startPage } from '../hall'
import { Board } from './board'

await startPage({ vi: { board: vi }, en: { board: en } }, <Board />)
