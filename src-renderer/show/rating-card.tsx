import { IconCheck, IconMoodSmile, IconPencil, IconTicket, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { Badge, Button, Card, FailureNote } from '../parts'
import { ShowCard } from './show-card'
import { ToldRating, type ToldOf, useTell } from './told-rating'
import { useDisplay, useDisplayActs } from './use-display'

type Of = Readonly<{ dossier: Pick<DossierView, 'id' | 'procedureName'> }>

/** After an errand: F8 asks how the citizen found it; without a display, on paper or by word of mouth. */
export function RatingCard({ dossier }: Of): ReactNode {
  const display = useDisplay()
  const acts = useDisplayActs()
  const mayReceive = useMay('receive')
  return (
    <>
      {display && <ShowCard display={display} acts={acts} wish={{ kind: 'rating', dossierId: dossier.id }} />}
      {mayReceive && <Asked dossier={dossier} />}
    </>
  )
}

function Asked({ dossier: { id, procedureName } }: Of): ReactNode {
  const { t } = useTranslation('show')
  const { data: standing } = useQuery({ queryKey: keys.rated(id), queryFn: () => api.feedback.standing({ dossierId: id }) })
  return (
    <Card title={t('rated.title')} icon={IconMoodSmile} aside={standing && <Standing {...standing} />}>
      {standing?.rated === true ? <p className="m t2">{t('rated.thanks')}</p> : standing && <Ask key={id} of={{ dossierId: id, subject: procedureName }} refused={standing.refused} />}
    </Card>
  )
}

function Standing({ rated, refused }: Readonly<{ rated: boolean; refused: boolean }>): ReactNode {
  const { t } = useTranslation('show')
  if (rated) return <Badge tint="ok" icon={IconCheck}>{t('rated.yes')}</Badge>
  return refused ? <Badge tint="line" icon={IconX}>{t('rated.refused')}</Badge> : null
}

function Ask({ of, refused }: Readonly<{ of: ToldOf; refused: boolean }>): ReactNode {
  const { t } = useTranslation('show')
  const [telling, setTelling] = useState(false)
  const slip = useMutation({ mutationFn: () => api.feedback.printSlip({ dossierId: of.dossierId }) })
  const tell = useTell(() => undefined)
  return (
    <div className="col" style={{ gap: 8 }}>
      <p className="m t2">{t('rated.ways')}</p>
      <div className="row wrap" style={{ gap: 6 }}>
        <Button small icon={IconTicket} waitsFor={slip.isPending ? t('slip.printing') : undefined} onPress={() => slip.mutate()}>{t('slip.print')}</Button>
        <Button small icon={IconPencil} onPress={() => setTelling(true)}>{t('told.open')}</Button>
        {!refused && <Button small icon={IconX} onPress={() => tell.mutate({ dossierId: of.dossierId, stars: null, reasons: [], comment: '' })}>{t('told.refuse')}</Button>}
      </div>
      {slip.data && <p className="m w6" role="status">{t(`slip.${slip.data.outcome}`)}</p>}
      <FailureNote error={slip.error ?? tell.error} />
      <ToldRating of={telling ? of : null} onClose={() => setTelling(false)} />
    </div>
  )
}
