import { IconBan, IconFilePlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TurnAwayAct } from '@contract/handling'
import { RefusalDialog } from '../acts/refusal'
import type { ActSubject, Done } from '../acts/subject'
import { SupplementDialog } from '../acts/supplement'
import { api } from '../app/api'
import { useShortcut } from '../app/shortcuts'
import { Button, FormDialog, KeyCaps, type IconType } from '../parts'
import { forgetDraftStore } from './draft-store'
import { useDraft } from './use-draft'

type Kind = TurnAwayAct['kind']

const asTurnAway = (act: { kind: string }): TurnAwayAct => {
  if (act.kind === 'supplement' || act.kind === 'refusal') return act as TurnAwayAct
  throw new RangeError('not an act that turns away')
}

/** Papers that are not taken in: the citizen leaves with Mẫu 02 or 03, and the dossier is kept and sent with it. */
export function TurnAway({ crowded }: { /** Five buttons stand in the bar: the key is in the key sheet alone. */ crowded: boolean }): ReactNode {
  const { t } = useTranslation('intake')
  const [asked, setAsked] = useState<'choice' | Kind | null>(null)
  return (
    <>
      <Button keys="Ctrl+B" {...(crowded && { caps: null })} onPress={() => setAsked('choice')}>{t('turnAway.act')}</Button>
      <FormDialog open={asked === 'choice'} title={t('turnAway.title')} onClose={() => setAsked(null)}>
        <p className="m t2" style={{ marginBottom: 10 }}>{t('turnAway.help')}</p>
        <div className="card" style={{ boxShadow: 'none' }}>
          <Choice kind="supplement" digit="1" icon={IconFilePlus} onChoose={setAsked} />
          <Choice kind="refusal" digit="2" icon={IconBan} onChoose={setAsked} />
        </div>
      </FormDialog>
      {(asked === 'supplement' || asked === 'refusal') && <Act kind={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function Choice({ kind, digit, icon: Icon, onChoose }: { kind: Kind; digit: string; icon: IconType; onChoose: (kind: Kind) => void }): ReactNode {
  const { t } = useTranslation('intake')
  useShortcut(digit, t(`turnAway.${kind}`), () => onChoose(kind))
  return (
    <button type="button" className="item" data-autofocus={digit === '1'} onClick={() => onChoose(kind)} aria-keyshortcuts={digit}>
      <Icon className="i" aria-hidden />
      <span className="grow"><span className="w6" style={{ display: 'block' }}>{t(`turnAway.${kind}`)}</span><span className="s t2">{t(`turnAway.${kind}Effect`)}</span></span>
      <KeyCaps keys={digit} />
    </button>
  )
}

function Act({ kind, onClose }: { kind: Kind; onClose: () => void }): ReactNode {
  const navigate = useNavigate()
  const { store, procedure } = useDraft()
  const draftId = store.id
  const subject = useMemo((): ActSubject => ({
    id: `draft/${draftId}`, components: procedure?.components ?? [],
    preview: async (act, paper) => {
      await store.flush()
      return api.handling.previewTurnAway({ draftId, act: asTurnAway(act), paper })
    },
    send: async (act) => {
      await store.flush()
      return api.handling.turnAway({ draftId, revision: store.get().view.revision, act: asTurnAway(act) })
    },
  }), [draftId, procedure, store])
  const done = ({ dossier }: Done): void => {
    forgetDraftStore(draftId)
    void navigate({ to: '/dossiers/$dossierId', params: { dossierId: dossier.id } })
  }
  const props = { subject, onClose, onDone: done }
  return kind === 'supplement' ? <SupplementDialog {...props} earlier={0} /> : <RefusalDialog {...props} />
}
