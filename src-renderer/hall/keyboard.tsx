import './keyboard.css'
import { IconArrowBigUp, IconBackspace } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Tone, withTone } from './tones'

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].map((row) => row.split(/(?:)/u))
const OWN_LETTERS = ['ă', 'â', 'đ', 'ê', 'ô', 'ơ', 'ư'] as const
/** Each tone on a letter, for the eye. */
const TONE_KEYS: readonly (readonly [Tone, string])[] = [['acute', 'á'], ['grave', 'à'], ['hook', 'ả'], ['tilde', 'ã'], ['dot', 'ạ']]

type Props = Readonly<{ text: string; most: number; onText(text: string): void }>

/** A keyboard on the screen, for citizens without one; it writes at the end of the text. Tones go on the last word. */
export function Keyboard({ text, most, onText }: Props): ReactNode {
  const { t } = useTranslation('hall')
  const [shift, setShift] = useState(false)
  const put = (next: string): void => {
    setShift(false)
    if (next.length <= most) onText(next)
  }
  const letter = (key: string): ReactNode => {
    const shown = shift ? key.toUpperCase() : key
    return <button key={key} type="button" onClick={() => put(text + shown)}>{shown}</button>
  }
  return (
    // Touching a key must not take the focus out of the text.
    <div className="keyboard" role="group" aria-label={t('keyboard.title')} onMouseDown={(event) => event.preventDefault()}>
      <div className="keys">{OWN_LETTERS.map(letter)}{TONE_KEYS.map(([tone, shown]) => <button key={tone} type="button" className="tone" aria-label={t(`keyboard.tone.${tone}`)} onClick={() => put(withTone(text, tone))}>{shown}</button>)}</div>
      {ROWS.map((row, index) => (
        <div key={row[0]} className="keys">
          {index === ROWS.length - 1 && <button type="button" className="wide" aria-label={t('keyboard.shift')} aria-pressed={shift} onClick={() => setShift(!shift)}><IconArrowBigUp className="i lg" aria-hidden /></button>}
          {row.map(letter)}
          {index === ROWS.length - 1 && <button type="button" className="wide" aria-label={t('keyboard.delete')} onClick={() => put(Array.from(text).slice(0, -1).join(''))}><IconBackspace className="i lg" aria-hidden /></button>}
        </div>
      ))}
      <div className="keys">{letter(',')}<button type="button" className="space" onClick={() => put(`${text} `)}>{t('keyboard.space')}</button>{letter('.')}{letter('?')}</div>
    </div>
  )
}
