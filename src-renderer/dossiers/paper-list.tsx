import { IconFileCheck, IconFileText, IconReceipt } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../app/shortcuts'
import { KeyCaps } from '../parts'
import type { Paper, Unfiled } from './papers'

type Props = Readonly<{ papers: readonly Paper[]; unfiled: readonly Unfiled[]; current: string; onChoose: (id: string) => void }>

/** The papers of the dossier; digits choose. Components without a file follow, with what was said about them. */
export function PaperList({ papers, unfiled, current, onChoose }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  return (
    <div className="papers">
      <h3>{t('papers.title')} <KeyCaps keys="1" />{papers.length > 1 && <> – <KeyCaps keys={String(Math.min(9, papers.length))} /></>}</h3>
      <div className="scroll">
        {papers.map((paper, index) => <PaperRow key={paper.id} paper={paper} digit={index + 1} on={paper.id === current} onChoose={() => onChoose(paper.id)} />)}
        {unfiled.map(({ code, name, mark }) => <p key={code} className="row m t2 unfiled"><span className="grow ell" title={name}>{name}</span><span className="s">{t(`mark.${mark}`)}</span></p>)}
      </div>
    </div>
  )
}

/** As it is called on this screen: "Mẫu 02 Yêu cầu bổ sung". */
export const paperName = (paper: Paper, t: TFunction<'dossier'>): string => (paper.kind === 'receipt' ? t('papers.receipt') : paper.kind === 'form' ? t(`papers.${paper.form.form}`) : paper.name)

function besideOf(paper: Paper, t: TFunction<'dossier'>): string {
  if (paper.kind === 'receipt') return t('papers.twoCopies')
  if (paper.kind === 'form') return paper.form.number
  return paper.document.pages === null ? '' : t('papers.pages', { count: paper.document.pages })
}

function PaperRow({ paper, digit, on, onChoose }: { paper: Paper; digit: number; on: boolean; onChoose: () => void }): ReactNode {
  const { t } = useTranslation('dossier')
  const name = paperName(paper, t)
  useShortcut(digit <= 9 ? String(digit) : undefined, name, onChoose)
  const Icon = paper.kind === 'receipt' ? IconReceipt : paper.kind === 'form' ? IconFileCheck : IconFileText
  return (
    <button type="button" className={`row m ${on ? 'on' : ''}`} aria-pressed={on} onClick={onChoose}>
      <Icon className="i xs" aria-hidden /><span className="grow ell" title={name}>{name}</span>
      <span className="s t2 num">{besideOf(paper, t)}</span>
    </button>
  )
}
