import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KioskState, QueueGroup } from '@contract/queue'
import { Title } from '../hall'
import { groupName, groupWho } from './names'

type Props = Readonly<{ kind: string; groups: readonly KioskState['groups'][number][]; busy: boolean; onChoose: (group: QueueGroup) => void }>

/** Who goes first by law; belonging to no group is the first answer, and as large as the others. */
export function Groups({ kind, groups, busy, onChoose }: Props): ReactNode {
  const { t } = useTranslation('kiosk')
  return (
    <main className="kiosk groups" data-step="groups">
      <div><Title>{t('groups.title')}</Title><p className="t2 under">{t('groups.for', { kind })}</p></div>
      <ul className="choices-grid two scroll">
        <li className="whole"><button type="button" className="choice-button plain" disabled={busy} data-group="ordinary" onClick={() => onChoose('ordinary')}><b>{t('groups.none')}</b></button></li>
        {groups.map((group) => {
          const who = groupWho(group, t)
          return (
            <li key={group.code}>
              <button type="button" className="choice-button" disabled={busy} data-group={group.code} onClick={() => onChoose(group.code)}><span className="words"><b>{groupName(group, t)}</b>{who !== '' && <span className="t2">{who}</span>}</span></button>
            </li>
          )
        })}
      </ul>
      <p className="t2 under" role="status">{busy ? t('groups.taking') : t('groups.proof')}</p>
    </main>
  )
}
