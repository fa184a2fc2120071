import { IconArrowBackUp, IconCalendarEvent, IconLock, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayPage } from '@contract/display'
import { formatTime } from '@contract/format'
import { currentLanguage, HallFoot, LanguageButton, LargerButton, ListenButton, type Speech } from '../hall'
import { giveBack } from './client'
import { spokenLines } from './spoken'

/** What becomes of what is typed. */
const FOOTS = { set: 'pin.foot', enter: 'pin.foot', trial: 'pin.footTrial', code: 'pin.footCode' } as const

/** The foot: what there is to know about the page, and the few controls of every page. */
export function DisplayFoot({ page, turned, speech }: { page: DisplayPage | null; turned: boolean; speech: Speech }): ReactNode {
  const { t } = useTranslation('display')
  const back = turned && <button type="button" className="foot-act" onClick={giveBack}><IconArrowBackUp className="i" aria-hidden />{t('takeBack')}</button>
  if (page === null) return <HallFoot words="">{back}</HallFoot>
  const listen = <ListenButton speech={speech} lines={spokenLines(page, t, currentLanguage())} />
  if (page.kind === 'waiting') {
    const [notice] = page.notices
    return (
      <HallFoot icon={notice !== undefined && <IconCalendarEvent className="i" aria-hidden />} words={notice?.[currentLanguage()] ?? ''}>
        {back}<LanguageButton /><Clock />
      </HallFoot>
    )
  }
  if (page.kind === 'pin') {
    return (
      <HallFoot icon={<IconLock className="i" aria-hidden />} words={t(FOOTS[page.purpose])}>
        <p><IconX className="i" aria-hidden />{t('pin.stop')}</p>{back}{listen}<LargerButton />
      </HallFoot>
    )
  }
  return <HallFoot icon={<IconLock className="i" aria-hidden />} words={t('private')}>{back}{listen}<LanguageButton /><LargerButton /></HallFoot>
}

function Clock(): ReactNode {
  const [now, setNow] = useState(() => formatTime(new Date()))
  useEffect(() => {
    const timer = setInterval(() => setNow(formatTime(new Date())), 1000)
    return () => clearInterval(timer)
  }, [])
  return <p className="num">{now}</p>
}
