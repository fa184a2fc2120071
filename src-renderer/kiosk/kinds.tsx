import { IconClockPause, IconHelp, IconInfoCircle, IconQrcode } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KioskState } from '@contract/queue'
import { Title } from '../hall'
import { kindName, minutesOf } from './names'
import type { Letter } from './steps'

const MOST_COLUMNS = 4

type Kind = KioskState['kinds'][number]

function KindButton({ kind, onChoose }: { kind: Kind; onChoose: (letter: Letter) => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const { letter, name, waiting, meanWaitMs } = kind
  return (
    <li>
      <button type="button" className="choice-button" data-kind={letter} onClick={() => onChoose(letter)}>
        <span className="letter" aria-hidden="true">{letter}</span>
        <span className="words">
          <b>{kindName(name, t)}</b>
          <span className="t2">{waiting === 0 ? t('kinds.nobody') : t('kinds.waiting', { count: waiting })}</span>
          {waiting > 0 && meanWaitMs !== null && <span className="t2">{t('kinds.wait', { span: minutesOf(meanWaitMs) })}</span>}
        </span>
      </button>
    </li>
  )
}

/** What stands above the choices when numbers are given otherwise than usual, or not at all. */
function Condition({ state: { open, standing, hours } }: { state: KioskState }): ReactNode {
  const { t } = useTranslation('kiosk')
  if (standing === 'off') return <p className="note warn"><IconInfoCircle className="i lg" aria-hidden />{t('standing.off')}</p>
  if (!open) return <div className="note"><IconClockPause className="i lg" aria-hidden /><div><p><b>{t('shut.title')}</b></p><p>{t('shut.text', { hours })}</p></div></div>
  return standing === 'alone' ? <p className="note"><IconInfoCircle className="i lg" aria-hidden />{t('standing.alone')}</p> : null
}

/** The first page: the kind of matter. Out of hours, and while the queue cannot be used, no number is given. */
export function Kinds({ state, onChoose, onUnsure }: { state: KioskState; onChoose: (letter: Letter) => void; onUnsure: () => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const gives = state.open && state.standing !== 'off'
  // Two rows in landscape, the last cell for those who do not know.
  const columns = Math.min(MOST_COLUMNS, Math.ceil((state.kinds.length + 1) / 2))
  const unsure = <button type="button" className="choice-button unsure" onClick={onUnsure}><span className="letter"><IconHelp aria-hidden /></span><span className="words"><b>{t('kinds.unsure')}</b></span></button>
  return (
    <main className="kiosk kinds" data-step="kinds">
      <Title>{t('kinds.title')}</Title>
      <Condition state={state} />
      {gives ? (
        <ul className="choices-grid tall scroll" data-columns={columns}>{state.kinds.map((kind) => <KindButton key={kind.letter} kind={kind} onChoose={onChoose} />)}<li>{unsure}</li></ul>
      ) : unsure}
      <p className="scan-hint t2"><IconQrcode className="i lg" aria-hidden />{t('kinds.scan')}</p>
    </main>
  )
}
