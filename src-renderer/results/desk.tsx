import { IconArrowRight, IconBan, IconCash, IconFileCertificate, IconMailForward } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayState } from '@contract/display'
import type { ResultBar, ResultDesk } from '@contract/results'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { queryClient } from '../app/queries'
import { useSettings } from '../app/session'
import { useClock } from '../dossiers/clock'
import { nearMoment } from '../dossiers/moments'
import { FeeCard } from '../fees/fee-card'
import { Button, Card, ConfirmDialog, DossierBadge, Facts, FailureNote, FaultSummary, focusField, Note, useAnnounce } from '../parts'
import { leaveDisplay } from '../show/leave-display'
import { useDisplayActs } from '../show/use-display'
import { CollectorCard } from './collector'
import { beginForm, collectorOf, type Form, gapsOf, secondKeyFor, withCard, wishOf } from './form'
import { SignatureCard } from './signature'
import { useCollectorCard } from './use-card'

type Props = Readonly<{ desk: ResultDesk; display: DisplayState }>

/** One result on the counter: what it is, what is in the way, who takes it, how it is signed for. */
export function ResultDeskView({ desk, display }: Props): ReactNode {
  const { hit, bars } = desk
  useEffect(() => () => void leaveDisplay(), [hit.id])
  return bars.length > 0 ? (
    <div className="main">
      <Head desk={desk} />
      {bars.map((bar) => <Bar key={bar.code} bar={bar} />)}
      <ResultCard desk={desk} />
      {desk.open > 0 && <FeeCard dossier={{ id: hit.id }} />}
    </div>
  ) : <Free desk={desk} display={display} />
}

/** Nothing is in the way. */
function Free({ desk, display }: Props): ReactNode {
  const { t } = useTranslation('results')
  const [form, setForm] = useState(() => beginForm(desk, display.attached))
  const [asked, setAsked] = useState(0)
  const [confirming, setConfirming] = useState(false)
  const acts = useDisplayActs()
  const card = useCollectorCard(desk.hit.id, (seen) => setForm((before) => withCard(before, seen)))
  const give = useHandOver(desk, form)
  const gaps = gapsOf(form, desk)
  const second = secondKeyFor(form, desk)
  const wish = wishOf(desk.hit.id, form)
  const asksDisplay = gaps.length === 1 && gaps[0] === 'signature' && display.attached && wish !== null
  const go = (): void => {
    if (asksDisplay) return acts.show(wish)
    setAsked(asked + 1)
    if (gaps.length > 0) return
    if (second === null) give.mutate()
    else setConfirming(true)
  }
  const act = asksDisplay ? t('askToSign') : form.how === 'post' ? t('send') : t('handOver')
  // Where there is a display, the same key asks for the signature next.
  const mine = gaps.filter((gap) => gap !== 'signature' || !display.attached || gaps.length === 1)
  const told = asked > 0 ? mine.map((gap) => ({ field: gap, words: t(`gap.${gap}`) })) : []
  return (
    <div className="main">
      <Head desk={desk} />
      <FaultSummary faults={told} title={t('gap.title')} attempt={asked} onGo={focusField} />
      <FailureNote error={give.error} />
      <div className="columns">
        <CollectorCard form={form} desk={desk} card={card} asked={asked > 0} onForm={setForm} />
        <div className="col scroll">
          <ResultCard desk={desk} />
          {form.how !== 'post' && <SignatureCard form={form} desk={desk} display={display} acts={acts} onForm={setForm} />}
        </div>
      </div>
      <div className="bar">
        <span className="m t2 grow">{asksDisplay && display.shown.kind === 'handover' ? t('bar.signing') : t(gaps.length > 0 ? 'bar.open' : 'bar.final')}</span>
        <Button kind="primary" icon={IconMailForward} keys="Ctrl+Enter" waitsFor={give.isPending ? t('handing') : acts.busy ? t('showing') : undefined} onPress={go}>{act}</Button>
      </div>
      <ConfirmDialog open={confirming} title={t(`second.${second ?? 'authorised'}.title`)} act={act} onClose={() => setConfirming(false)} onAct={() => { setConfirming(false); give.mutate() }}>
        <p>{t(`second.${second ?? 'authorised'}.text`, { name: form.how === 'post' ? form.addressee : form.name, authority: form.authority })}</p>
      </ConfirmDialog>
    </div>
  )
}

/** The act itself; afterwards the citizen is asked how it was, where that is wished. */
function useHandOver(desk: ResultDesk, form: Form) {
  const { t } = useTranslation('results')
  const { say } = useAnnounce()
  const { data: settings } = useSettings()
  return useMutation({
    mutationFn: async () => {
      const collector = collectorOf(form)
      if (collector === null) throw new Error('asked for with gaps')
      return api.results.handOver({ dossierId: desk.hit.id, version: desk.version, collector, signed: form.how === 'post' ? 'post' : form.signed, note: form.note.trim() })
    },
    onSuccess: async ({ id }) => {
      say(t('done.said', { code: desk.hit.code }))
      await queryClient.invalidateQueries({ queryKey: ['dossier'] })
      if (form.how === 'post' || settings?.hall.askRating !== true) return
      const { attached } = await api.display.state()
      // Whoever would not rate is not kept waiting: the hand-over stands, whatever becomes of the question.
      if (attached) await api.display.show({ kind: 'rating', dossierId: id }).catch(() => undefined)
    },
  })
}

export function Head({ desk: { hit } }: { desk: ResultDesk }): ReactNode {
  const { t } = useTranslation('results')
  const navigate = useNavigate()
  return (
    <div className="row head">
      <div className="grow">
        <div className="row wrap" style={{ gap: '2px 10px' }}><h2 className="num">{hit.code}</h2><DossierBadge state={hit.state} /></div>
        <p className="t2 ell"><b className="strong">{hit.applicantName}</b> · {hit.procedureName}</p>
      </div>
      <Button icon={IconArrowRight} keys="Ctrl+O" onPress={() => void navigate({ to: '/dossiers/$dossierId', params: { dossierId: hit.id } })}>{t('openDossier')}</Button>
    </div>
  )
}

export function ResultCard({ desk }: { desk: ResultDesk }): ReactNode {
  const { t } = useTranslation('results')
  const { t: common } = useTranslation('common')
  const now = useClock()
  const { resultName, readyAt, delivery, people } = desk
  const when = readyAt === null ? t('notYet') : nearMoment(readyAt, now, common('today'), currentLanguage())
  return (
    <Card title={t('what')} icon={IconFileCertificate}>
      <Facts width={104} rows={[
        [t('fact.result'), <b key="result">{resultName}</b>],
        ...people.map(({ role, name, maskedId }) => [t(`fact.${role}`), <span key={role}><span className="whole">{name}</span>{maskedId !== null && <> <span className="t2 num">· {maskedId}</span></>}</span>] as const),
        [t('fact.ready'), when],
        [t('fact.delivery'), delivery.method === 'counter' ? t('atCounter') : `${t('byPost')}: ${delivery.address}`],
      ]} />
    </Card>
  )
}

/** Why it cannot be handed over, and the way out. */
function Bar({ bar: { code, params } }: { bar: ResultBar }): ReactNode {
  const { t } = useTranslation('errors')
  const fee = code === 'KQ-002'
  return (
    <Note tint={fee ? 'warn' : 'bad'} icon={fee ? IconCash : IconBan} role="status">
      <p className="w6">{t(`${code}.what`, params)}</p>
      <p className="m">{t(`${code}.next`, params)}</p>
    </Note>
  )
}
