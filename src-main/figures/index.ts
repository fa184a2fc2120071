export { type AlertFacts, alertsOf, LONG_WAIT_MINUTES, OFFLINE_MINUTES } from './alerts'
export { dayFigures, type DayFigures, hoursOf, lateDossiers, nextDossiers } from './day'
export { isOnTime, type StateAt } from './on-time'
export { type DossierQuality, qualityOf, shareOf } from './quality'
