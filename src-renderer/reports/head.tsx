import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatShortDate, formatTime } from '@contract/format'
import type { ReportKind, ReportSheet } from '@contract/reports'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { KeyCaps } from '../parts'
import { OwnPeriod } from './own-period'
import { type Choice, type Unit, UNITS } from './period'
import { FigureTabs } from './tabs'
import { type ChoiceActs, KINDS } from './use-choice'

const UNIT_KEYS: Readonly<Record<Unit, string>> = { day: 'D', week: 'W', month: 'M', quarter: 'Q', year: 'Y', own: 'O' }

type Props = Readonly<{ choice: Choice; acts: ChoiceActs; sheet: ReportSheet | undefined }>

/** Which report, for when, and as of what moment. */
export function Head({ choice, acts, sheet }: Props): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <header className="head">
      <div className="row">
        <div className="grow">
          <h1>{choice.kind === 'monthly' ? t(`overview.${choice.unit}`) : t(`kind.${choice.kind}`)} <span className="when num">· <When choice={choice} /></span></h1>
          <p className="s t2 num">{sheet ? t('asOf', { time: formatTime(new Date(sheet.at)) }) : '\u00a0'}</p>
        </div>
        <FigureTabs />
      </div>
      <div className="row wrap controls">
        <KindChoice kind={choice.kind} onKind={acts.kind} />
        <Units choice={choice} acts={acts} />
        <Steps acts={acts} />
      </div>
      {choice.unit === 'own' && <OwnPeriod choice={choice} onOwn={acts.own} />}
    </header>
  )
}

/** The period in words, as short as it can be said. */
function When({ choice: { unit, from, to } }: { choice: Choice }): ReactNode {
  const { t } = useTranslation('reports')
  if (unit === 'day' || from === to) return formatShortDate(from, { year: true, language: currentLanguage() })
  if (unit === 'month') return t('when.month', { month: from.slice(5, 7), year: from.slice(0, 4) })
  if (unit === 'year' && from.endsWith('-01-01')) return t('when.year', { year: from.slice(0, 4) })
  if (unit === 'quarter' && from.endsWith('-01')) return t('when.quarter', { quarter: Math.ceil(Number(from.slice(5, 7)) / 3), year: from.slice(0, 4) })
  return t('when.span', { from: formatDate(from), to: formatDate(to) })
}

function KindChoice({ kind, onKind }: { kind: ReportKind; onKind: (kind: ReportKind) => void }): ReactNode {
  const { t } = useTranslation('reports')
  const [select, setSelect] = useState<HTMLSelectElement | null>(null)
  useShortcut('R', t('which'), () => select?.focus())
  useShortcut('B', t('kind.ii06a'), () => onKind('ii06a'))
  return (
    <label className="row kind">
      <span className="sr">{t('which')}</span>
      <select ref={setSelect} className="inp" name="kind" value={kind} aria-keyshortcuts="R" onChange={(event) => {
        const chosen = KINDS.find((each) => each === event.target.value)
        if (chosen) onKind(chosen)
      }}>
        {KINDS.map((each) => <option key={each} value={each}>{t(`kind.${each}`)}</option>)}
      </select>
      <KeyCaps keys="R" />
    </label>
  )
}

function Units({ choice: { unit }, acts }: { choice: Choice; acts: ChoiceActs }): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <div className="seg units" role="group" aria-label={t('unit')}>
      {UNITS.map((each) => <UnitButton key={each} unit={each} current={each === unit} onPress={() => acts.unit(each)} />)}
    </div>
  )
}

function UnitButton({ unit, current, onPress }: { unit: Unit; current: boolean; onPress: () => void }): ReactNode {
  const { t } = useTranslation('reports')
  const key = UNIT_KEYS[unit]
  useShortcut(key, t(`units.${unit}`), onPress)
  return <button type="button" aria-pressed={current} aria-keyshortcuts={key} onClick={onPress}>{t(`units.${unit}`)}<KeyCaps keys={key} /></button>
}

/** Arrows step through periods, unless somebody is in a field and needs them there. */
function Steps({ acts }: { acts: ChoiceActs }): ReactNode {
  const { t } = useTranslation('reports')
  const free = !useInField()
  useShortcut('ArrowLeft', t('former'), free ? () => acts.step(-1) : undefined)
  useShortcut('ArrowRight', t('next'), free ? () => acts.step(1) : undefined)
  return (
    <span className="row" style={{ gap: 4 }}>
      <button type="button" className="btn icon" aria-label={t('former')} aria-keyshortcuts="ArrowLeft" title={t('former')} onClick={() => acts.step(-1)}><IconChevronLeft className="i" aria-hidden /></button>
      <KeyCaps keys="ArrowLeft" /><KeyCaps keys="ArrowRight" />
      <button type="button" className="btn icon" aria-label={t('next')} aria-keyshortcuts="ArrowRight" title={t('next')} onClick={() => acts.step(1)}><IconChevronRight className="i" aria-hidden /></button>
    </span>
  )
}

const isField = (node: Element | null): boolean => node !== null && (/^(?:INPUT|TEXTAREA|SELECT)$/u.test(node.tagName) || node.closest('[role="radiogroup"], .docview, .sheet-table') !== null)

/** Whether the arrows belong to what has the focus: a field, or something that scrolls. */
function useInField(): boolean {
  const [inField, setInField] = useState(false)
  useEffect(() => {
    const look = (): void => setInField(isField(document.activeElement))
    // After the focus has arrived: in between it is nowhere.
    const later = (): void => { queueMicrotask(look) }
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', later)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', later)
    }
  }, [])
  return inField
}
