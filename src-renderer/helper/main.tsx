import './helper.css'
import enCommon from '@resources/locales/en/common.json'
import enErrors from '@resources/locales/en/errors.json'
import enHelper from '@resources/locales/en/helper.json'
import enIntake from '@resources/locales/en/intake.json'
import viCommon from '@resources/locales/vi/common.json'
import viErrors from '@resources/locales/vi/errors.json'
import viHelper from '@resources/locales/vi/helper.json'
import viIntake from '@resources/locales/vi/intake.json'
import { startPage } from '../hall'
import { HelperWindow } from './window'

const vi = { common: viCommon, errors: viErrors, helper: viHelper, intake: viIntake }
const en = { common: enCommon, errors: enErrors, helper: enHelper, intake: enIntake }

void startPage({ vi, en }, <HelperWindow />)
