import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayFrame, DisplayPage } from '@contract/display'
import { type Away, currentLanguage, hallBridge, HallHead, HallPage, setLarge, speakLanguage, useCoreState, useLasting, useSpeech, useStream } from '../hall'
import { NothingPage, StartingPage, TroublePage } from './away'
import { CertificatePage } from './certificate'
import { CheckPage } from './check'
import { frames } from './client'
import { ConsentPage } from './consent'
import { DonePage } from './done'
import { DisplayFoot } from './frame-foot'
import { HandoverPage } from './handover'
import { PayPage } from './pay'
import { PinPage } from './pin'
import { RatingPage } from './rating'
import { WaitingPage } from './waiting'

/** How long nothing may come before the page says that there is a trouble. */
const TROUBLE_MS = 1500

/** What may stay in sight while the core is away: nothing of a citizen. */
type Office = Pick<DisplayFrame, 'ward' | 'unit' | 'practice' | 'turned'>
const NO_OFFICE: Office = { ward: '', unit: '', practice: hallBridge?.practice ?? false, turned: false }
const same = (a: Office, b: Office): boolean => a.ward === b.ward && a.unit === b.unit && a.practice === b.practice && a.turned === b.turned

/** The citizen's display: shows what was pushed, answers what was asked. */
export function DisplayApp(): ReactNode {
  const { t } = useTranslation('display')
  const { value: frame, away } = useStream(frames)
  const [known, setKnown] = useState(NO_OFFICE)
  if (frame !== null && !same(frame, known)) setKnown({ ward: frame.ward, unit: frame.unit, practice: frame.practice, turned: frame.turned })
  const office = frame ?? known
  const page = frame?.page ?? null
  const speech = useSpeech(currentLanguage())
  useFreshFor(frame)
  useSilence(page, speech.stop)

  return (
    <HallPage
      practice={office.practice}
      head={(
        <HallHead ward={office.ward} unit={office.unit}>
          {frame !== null && (frame.called === null
            ? <p className="big">{frame.counter}</p>
            : <><p className="small">{t('head.called', { counter: frame.counter })}</p><p className="big">{frame.called}</p></>)}
        </HallHead>
      )}
      foot={<DisplayFoot page={page} turned={office.turned} speech={speech} />}
    >
      {frame === null ? <AwayPage away={away} began={known !== NO_OFFICE} /> : <Body page={frame.page} counter={frame.counter} />}
    </HallPage>
  )
}

/** Each showing is a page of its own: nothing drawn or typed on one is left for the next. */
function Body({ page, counter }: { page: DisplayPage; counter: string }): ReactNode {
  switch (page.kind) {
    case 'waiting':
      return <WaitingPage page={page} counter={counter} />
    case 'check':
      return <CheckPage key={page.id} page={page} />
    case 'consent':
      return <ConsentPage key={page.id} page={page} />
    case 'certificate':
      return <CertificatePage key={page.id} page={page} />
    case 'handover':
      return <HandoverPage key={page.id} page={page} />
    case 'pin':
      return <PinPage key={page.id} page={page} />
    case 'pay':
      return <PayPage key={page.id} page={page} />
    case 'rating':
      return <RatingPage key={page.id} page={page} />
    case 'done':
      return <DonePage key={page.id} page={page} />
  }
}

/** Nothing at first; then why. Data that are closed are no trouble: nobody has begun to work. */
function AwayPage({ away, began }: { away: Away | null; began: boolean }): ReactNode {
  const core = useCoreState()
  const lasts = useLasting(true, TROUBLE_MS)
  if (!lasts || away === 'closed') return <NothingPage />
  return began || core === 'restarting' || core === 'failed' ? <TroublePage /> : <StartingPage />
}

/** Larger type and the other language are one citizen's: they end when the page is taken away, or another number is called. */
function useFreshFor(frame: DisplayFrame | null): void {
  const waits = frame?.page.kind === 'waiting'
  const called = frame?.called ?? null
  const last = useRef(called)
  useEffect(() => {
    // Whose number came up only while a page is shown (bound to the errand late) is the same citizen.
    const another = last.current !== null && last.current !== called
    last.current = called
    if (!waits && !another) return
    setLarge(false)
    void speakLanguage(hallBridge?.language ?? 'vi')
  }, [waits, called])
}

/** What is read aloud ends with its page. */
function useSilence(page: DisplayPage | null, stop: () => void): void {
  const id = page === null || page.kind === 'waiting' ? null : page.id
  useEffect(() => stop, [id, stop])
}
