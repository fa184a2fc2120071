import { IconAlertTriangle, IconCheck, IconCopy, IconCrop, IconEyeExclamation, IconFileOff, IconInfoCircle, IconProgress, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '@contract/format'
import { PageColour, type PageView, type PageWishes } from '@contract/pages'
import { currentLanguage } from '../../app/i18n'
import { useShortcut } from '../../app/shortcuts'
import { Badge, Button, Check, Facts, Note, ProblemNote, Segmented } from '../../parts'
import type { ViewerActs } from './viewer-acts'

type Props = Readonly<{ page: PageView; pages: readonly PageView[]; acts: ViewerActs; onScanAgain: (page: PageView) => void; onCorners: () => void }>

/** How a page stands, what should be taken again and why, how it is made, what became of it. */
export function PagePanel({ page, pages, acts, onScanAgain, onCorners }: Props): ReactNode {
  const { t } = useTranslation('pageview')
  return (
    <>
      <div className="col pv-part" style={{ gap: 10 }}>
        <div className="row wrap"><State page={page} />{page.simulated && <Badge tint="sim">{t('simulated')}</Badge>}</div>
        {page.place !== 'kept' && (
          <Note tint="warn" icon={IconFileOff}>
            <p>{t(`aside.${page.place}`)}</p>
            <p style={{ marginTop: 8 }}><Button small keys="P" onPress={() => acts.putBack([page])}>{t('putBack')}</Button></p>
          </Note>
        )}
        <TakeAgain page={page} onScanAgain={onScanAgain} />
        <Remarks page={page} pages={pages} />
      </div>
      <Making page={page} acts={acts} onCorners={onCorners} />
      <About page={page} />
    </>
  )
}

function State({ page }: { page: PageView }): ReactNode {
  const { t } = useTranslation('pageview')
  if (page.state === 'failed') return <Badge tint="bad" icon={IconAlertTriangle}>{t('state.failed')}</Badge>
  if (page.state === 'waiting') return <span role="status"><Badge tint="info" icon={IconProgress}>{page.made ? t('state.again') : t('state.waiting')}</Badge></span>
  if (page.findings.length > 0) return <Badge tint="warn" icon={IconEyeExclamation}>{t('state.look')}</Badge>
  return <Badge tint="ok" icon={IconCheck}>{t('state.ready')}</Badge>
}

/** Each fault with its number on the page; the one way to mend it. */
function TakeAgain({ page, onScanAgain }: Pick<Props, 'page' | 'onScanAgain'>): ReactNode {
  const { t } = useTranslation('pageview')
  const again = <Button small icon={IconRefresh} keys="F9" onPress={() => onScanAgain(page)}>{page.origin === 'camera' ? t('again.camera') : page.origin === 'import' ? t('again.import') : t('again.scanner')}</Button>
  if (page.state === 'failed' && page.problem) return <ProblemNote problem={page.problem} focus={false}>{again}</ProblemNote>
  if (page.findings.length === 0) return null
  return (
    <Note tint="warn">
      <ol className="col" style={{ gap: 6 }}>
        {page.findings.map(({ kind }, index) => <li key={`${kind} ${String(index)}`} className="m row" style={{ alignItems: 'flex-start' }}><b className="num">{index + 1}</b><span>{t(`why.${kind}`)}</span></li>)}
      </ol>
      <p style={{ marginTop: 8 }}>{again}</p>
    </Note>
  )
}

function Remarks({ page, pages }: Pick<Props, 'page' | 'pages'>): ReactNode {
  const { t } = useTranslation('pageview')
  const twin = pages.findIndex(({ id }) => id === page.twinOf) + 1
  const kept = page.made?.keptOriginal ?? null
  return (
    <>
      {page.twinOf !== null && <Note tint="warn" icon={IconCopy}>{twin > 0 ? t('twin', { number: twin }) : t('twinElsewhere')}</Note>}
      {kept !== null && <Note icon={IconInfoCircle}><span className="m">{t(`kept.${kept}`)}</span></Note>}
    </>
  )
}

/** Each choice makes the page anew from the picture as it came. */
function Making({ page, acts, onCorners }: Pick<Props, 'page' | 'acts' | 'onCorners'>): ReactNode {
  const { t } = useTranslation('pageview')
  const { wishes, origin } = page
  const wish = (part: Partial<PageWishes>): void => void acts.again(page, { ...wishes, ...part })
  useShortcut('L', t('clean'), () => wish({ clean: !wishes.clean }))
  const byHand = origin === 'camera' || origin === 'import'
  return (
    <div className="col pv-part" style={{ gap: 8 }}>
      <h3>{t('colour.title')}</h3>
      <Segmented label={t('colour.title')} value={wishes.colour} options={PageColour.options.map((value) => ({ value, label: t(`colour.${value}`) }))} onChange={(colour) => wish({ colour })} />
      <div className="row"><Check label={t('clean')} checked={wishes.clean} onChange={(clean) => wish({ clean })} /><kbd aria-hidden="true">L</kbd></div>
      <p className="s t2">{t('cleanHelp')}</p>
      {byHand && <div className="row"><Button small icon={IconCrop} keys="G" onPress={onCorners}>{t('corners.title')}</Button>{wishes.corners && <span className="src">{t('corners.set')}</span>}</div>}
    </div>
  )
}

function About({ page: { made, text, origin } }: { page: PageView }): ReactNode {
  const { t } = useTranslation('pageview')
  const size = made === null ? [] : [
    [t('fact.size'), <span key="size" className="num">{made.width} × {made.height} · {made.dpi} dpi</span>] as const,
    [t('fact.file'), <span key="file" className="num">{formatSize(made.size, currentLanguage())} · {t(`colour.${made.colour}`)}</span>] as const,
  ]
  return <div className="pv-part"><Facts width={86} rows={[[t('fact.origin'), t(`origin.${origin}`)], ...size, [t('fact.text'), t(`text.${text}`)]]} /></div>
}
