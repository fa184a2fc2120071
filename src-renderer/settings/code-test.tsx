import { IconPrinter, IconZoomScan } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CODE_READER_MAKERS } from '@contract/code-makers'
import { VIETNAMESE_LETTERS } from '@contract/code-damage'
import { formatTime } from '@contract/format'
import type { ReaderMode } from '@contract/reader-test'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { type Tried, useTried } from '../codes/router'
import { usePrintSheet } from '../codes/use-sheet'
import { Button, DocumentView, FailureNote, FormDialog, Note } from '../parts'

/** The square code is whole on the smallest screen, so that it can be scanned from there. */
const SHEET_ZOOM = 0.6
const SHEET = { sheet: { kind: 'reader-test' } } as const
/** Between any two papers of a pile. */
const SEPARATOR = { kind: 'separator', component: null } as const

/** The sheet that readers are tried with, and what the last scan of it tells. `makers`: of the readers that are plugged in. */
export function CodeTest({ makers }: { makers: ReadonlySet<string> }): ReactNode {
  const { t } = useTranslation('codes')
  const mayPrint = useMay('receive')
  const tried = useTried()
  const [shown, setShown] = useState(false)
  // Scanned from the screen, the sheet has done its work.
  const [seen, setSeen] = useState(tried)
  if (seen !== tried) {
    setSeen(tried)
    setShown(false)
  }
  const test = usePrintSheet(SHEET.sheet)
  const separator = usePrintSheet(SEPARATOR)
  return (
    <>
      <h3>{t('test')}</h3>
      <p className="m t2 prose">{t('testWords')}</p>
      {mayPrint && (
        <div className="row wrap">
          <Button icon={IconPrinter} keys="Alt+I" onPress={test.print} waitsFor={test.waitsFor}>{t('print')}</Button>
          <Button icon={IconZoomScan} keys="Alt+X" onPress={() => setShown(true)}>{t('show')}</Button>
          <Button icon={IconPrinter} onPress={separator.print} waitsFor={separator.waitsFor}>{t('printSeparator')}</Button>
        </div>
      )}
      <FailureNote error={test.error ?? separator.error} />
      {tried ? <Result tried={tried} /> : <p className="m t2" role="status">{t('waiting')}</p>}
      <Makers plugged={makers} />
      <FormDialog open={shown} title={t('sheet')} onClose={() => setShown(false)} wide>
        <div className="test-sheet"><DocumentView id="reader-test" load={() => api.codes.sheet(SHEET)} mediaType="application/pdf" label={t('sheet')} zoom={SHEET_ZOOM} /></div>
      </FormDialog>
    </>
  )
}

const TINT: Readonly<Record<ReaderMode, 'ok' | 'warn' | 'bad'>> = { exact: 'ok', bytes: 'warn', 'code-page': 'warn', positions: 'bad', typed: 'bad', lossy: 'bad', cut: 'bad', strange: 'warn' }

function Result({ tried: { report, source, at } }: { tried: Tried }): ReactNode {
  const { t } = useTranslation('codes')
  const { mode, through, lost, wrongSigns, advice } = report
  const box = useRef<HTMLDivElement>(null)
  // Whoever has just scanned looks at the screen, wherever it was scrolled to.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [at])
  return (
    <div className="col tested" ref={box}>
      <Note tint={TINT[mode]} role="status">
        <p className="w6">{t(`verdict.${mode}`, { through: through.length, count: lost.length })}</p>
        <p className="m">{t('came', { time: formatTime(at), source: t(`sources.${source}`) })}{wrongSigns !== '' && <> · {t('signs', { signs: [...wrongSigns].join(' ') })}</>}</p>
      </Note>
      <div className="halves">
        <section className="col" aria-label={t('advice')}>
          <h4>{t('advice')}</h4>
          <ol className="advice">{advice.map((one) => <li key={one}>{t(`advices.${one}`)}</li>)}</ol>
        </section>
        {mode !== 'strange' && <Letters lost={lost} />}
      </div>
    </div>
  )
}

const HALF = VIETNAMESE_LETTERS.length / 2
/** In lines of 17 the letters stand by their vowels: a, đ e i, o, u y. */
const LINES = [VIETNAMESE_LETTERS.slice(0, HALF), VIETNAMESE_LETTERS.slice(HALF)] as const

/** All letters, those lost struck out; for screen readers the lost ones by name. */
function Letters({ lost }: { lost: string }): ReactNode {
  const { t } = useTranslation('codes')
  return (
    <section className="col" aria-label={t('letters')}>
      <h4>{t('letters')}</h4>
      <p className="sr">{lost === '' ? t('lettersAll') : t('lettersLost', { count: lost.length, letters: [...lost].join(' ') })}</p>
      <div className="col" style={{ gap: 6 }} aria-hidden="true">
        {LINES.map((line) => <div key={line} className="letters">{[...line].map((letter) => <span key={letter} className={lost.includes(letter) ? 'lost' : ''}>{letter}</span>)}</div>)}
      </div>
      <p className="s t2">{lost === '' ? t('lettersAll') : t('legend')}</p>
    </section>
  )
}

/** The makers' own words for the modes that carry letters: of what is plugged in, else of all whose manual was seen. */
function Makers({ plugged }: { plugged: ReadonlySet<string> }): ReactNode {
  const { t } = useTranslation('codes')
  const own = CODE_READER_MAKERS.filter(({ name }) => plugged.has(name))
  const shown = own.length > 0 ? own : CODE_READER_MAKERS.filter(({ from }) => from !== null)
  return (
    <>
      <h3>{t('makers')}</h3>
      <p className="m t2 prose">{t('makersWords')}</p>
      <div className="framed">
        <table className="tbl makers">
          <thead><tr><th scope="col">{t('maker')}</th><th scope="col">{t('serialMode')}</th><th scope="col">{t('hidMode')}</th><th scope="col">{t('from')}</th></tr></thead>
          <tbody>
            {shown.map(({ name, serialMode, hidMode, from }) => (
              <tr key={name}><th scope="row">{name}</th><td>{serialMode ?? '–'}</td><td>{hidMode ?? '–'}</td><td className="t2">{from ?? t('notSeen')}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
