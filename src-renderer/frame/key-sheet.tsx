import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActiveShortcuts } from '../app/shortcuts'
import { FormDialog, KeyCaps } from '../parts'

const EVERYWHERE = /^(?:Alt\+[1-8]|(?:Shift\+)?F(?:1|2|3|5|6)|Ctrl\+(?:K|L|F12))$/u

type Key = Readonly<{ keys: string; label: string }>

/** Every key that acts on this screen, read from what is bound at the moment. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const bound = useActiveShortcuts(open)
  const shown = [...new Map(bound.map((entry) => [entry.keys, entry])).values()].filter(({ label }) => label !== '')
  const everywhere = shown.filter(({ keys }) => EVERYWHERE.test(keys))
  return (
    <FormDialog open={open} title={t('keySheet')} onClose={onClose}>
      <div className="key-sheet">
        <Keys title={t('keysHere')} keys={shown.filter((entry) => !everywhere.includes(entry))} />
        <Keys title={t('keysEverywhere')} keys={everywhere.toSorted((one, other) => one.keys.localeCompare(other.keys))} />
      </div>
    </FormDialog>
  )
}

function Keys({ title, keys }: { title: string; keys: readonly Key[] }): ReactNode {
  if (keys.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <dl className="kv">
        {keys.map(({ keys: name, label }) => <div key={name}><dt><KeyCaps keys={name} /></dt><dd className="m">{label}</dd></div>)}
      </dl>
    </section>
  )
}
