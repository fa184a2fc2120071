import './wordings.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormCode } from '@contract/office-forms'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, FailureNote, Loading } from '../parts'
import { WordingEditor } from './wordings-editor'

/** One form: its texts and the order of its parts on the left, how it prints on the right. */
export function WordingScreen(): ReactNode {
  const { form } = useParams({ from: '/settings/forms/$form' })
  const code = FormCode.safeParse(form)
  return code.success ? <Asked key={code.data} form={code.data} /> : <NotHere />
}

function Asked({ form }: { form: FormCode }): ReactNode {
  // What is being written is not replaced by what comes in meanwhile.
  const { data, error } = useQuery({ queryKey: keys.form(form), queryFn: () => api.forms.open({ form }), staleTime: Infinity, gcTime: 0 })
  if (data) return <WordingEditor view={data} />
  return error === null ? <main className="work"><Loading /></main> : <NotHere error={error} />
}

function NotHere({ error }: { error?: unknown }): ReactNode {
  const { t } = useTranslation('wordings')
  const navigate = useNavigate()
  return (
    <main className="work"><div className="main" style={{ maxWidth: 760 }}>
      <h1>{t('title')}</h1>
      {error === undefined ? <p>{t('unknown')}</p> : <FailureNote error={error} />}
      <div><Button keys="Escape" onPress={() => void navigate({ to: '/settings', hash: 'wordings' })}>{t('toList')}</Button></div>
    </div></main>
  )
}
