import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Note } from '../parts'
import { useCounterState } from './use-counter'
import type { IntakeChip } from './use-intake-chip'

/** On the other steps: that the chip asks for something, and the way there. `boxed` where no panel is in sight. */
export function ChipTrouble({ chip, onOpen, boxed = false }: { chip: IntakeChip; onOpen: () => void; boxed?: boolean }): ReactNode {
  const { t } = useTranslation('chip')
  const work = useCounterState((state) => state.work)
  const failed = work.kind === 'failed' ? work.problem : null
  if (failed === null && !chip.stranger) return null
  const what = failed ? `${t(`${failed.code}.what`, { ns: 'errors', ...failed.params })} ${t('code', { ns: 'common', code: failed.code })}` : t('stranger.what')
  const acts = <><Button small caps="Alt+N" onPress={onOpen}>{t('toPerson')}</Button>{failed && <Button small caps="F7" onPress={chip.again}>{t('again')}</Button>}</>
  if (boxed) return <Note tint="warn" icon={IconAlertTriangle} role="status"><div className="row wrap"><p className="m w6 grow">{what}</p>{acts}</div></Note>
  return (
    <div className="col" style={{ gap: 6 }} role="status">
      <p className="m w6 c-warn"><IconAlertTriangle className="i xs" aria-hidden /> {what}</p>
      <div className="row wrap">{acts}</div>
    </div>
  )
}
