import { IconSearch, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Keyboard } from '../hall'

const MOST_LETTERS = 300

/** The citizen's own words; letters without marks are enough. */
export function Ask({ words, busy, onAsk }: { words: string; busy: boolean; onAsk: (words: string) => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const [text, setText] = useState(words)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  const ask = (): void => {
    if (text.trim() === '') field.current?.focus()
    else if (!busy) onAsk(text.trim())
  }
  return (
    <main className="kiosk ask" data-step="ask">
      <div className="heading"><h1>{t('ask.title')}</h1><p className="t2 under" id="ask-hint">{t('ask.hint')}</p></div>
      <form className="ask-row" onSubmit={(event) => { event.preventDefault(); ask() }}>
        <input ref={field} aria-label={t('ask.field')} aria-describedby="ask-hint" value={text} maxLength={MOST_LETTERS} autoComplete="off" spellCheck={false} inputMode="none" onChange={(event) => setText(event.target.value)} />
        <button type="button" className="small-act" aria-label={t('ask.clear')} onClick={() => setText('')}><IconX className="i lg" aria-hidden /></button>
        <button type="submit" className="big" aria-disabled={busy || text.trim() === ''}><IconSearch className="i lg" aria-hidden />{busy ? t('ask.finding') : t('ask.find')}</button>
      </form>
      <Keyboard text={text} most={MOST_LETTERS} onText={setText} />
    </main>
  )
}
