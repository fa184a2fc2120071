import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChipProgress } from '@contract/chip'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Button, Progress } from '../parts'
import { useCounter, useCounterState } from './use-counter'

/** What is being read, and how much of it, from the first moment; Esc stops it. */
export function ReadingProgress(): ReactNode {
  const { t } = useTranslation('chip')
  const { stop } = useCounter()
  const work = useCounterState((state) => state.work)
  const words = useProgressWords(work.kind === 'reading' ? work.progress : null)
  if (work.kind !== 'reading') return null
  const { progress } = work
  return (
    <div className={`chip-progress ${progress?.step === 'lifted' ? 'lifted' : ''}`}>
      <p className="s t2 words">{words}</p>
      <div className="row">
        <div className="grow"><Progress words={words} done={progress?.done ?? 0} total={Math.max(1, progress?.total ?? 1)} bare /></div>
        <Button small keys="Escape" onPress={stop}>{t('stop')}</Button>
      </div>
    </div>
  )
}

function useProgressWords(progress: ChipProgress | null): string {
  const { t } = useTranslation('chip')
  if (progress === null) return t('step.connecting')
  const { step, file, done, total } = progress
  if (step !== 'reading' || total === 0) return t(`step.${step}`)
  const language = currentLanguage()
  return t('step.reading', { file: t(`file.${file ?? 'other'}`), done: formatSize(done, language), total: formatSize(total, language) })
}
