import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperKind, PrintJobId } from '@contract/printing'
import { api } from '../app/api'
import { Button, FailureNote } from '../parts'
import { PrintBadge } from './print-words'

export type TestPrint = Readonly<{ press: () => void; busy: boolean; error: unknown; job: PrintJobId | null }>

/** A test page on its way: who pressed sees what became of it. */
export function useTestPrint(kind: PaperKind): TestPrint {
  const print = useMutation({ mutationFn: () => api.printing.testPage({ kind }) })
  return { press: () => print.mutate(), busy: print.isPending, error: print.error, job: print.data?.id ?? null }
}

/** The button of a row, with the result beside it once there is one. */
export function TestButton({ kind, test, unsaved }: { kind: PaperKind; test: TestPrint; unsaved: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <div className="test">
      {test.job !== null && <Became id={test.job} />}
      <Button small icon={IconPrinter} label={t('print.testOf', { kind: t(`print.kinds.${kind}`) })} onPress={test.press} waitsFor={test.busy ? t('print.testing') : unsaved ? t('print.saveFirst') : undefined}>{t('print.test')}</Button>
    </div>
  )
}

/** How that print stands now; the core tells when it stands otherwise. */
function Became({ id }: { id: PrintJobId }): ReactNode {
  const { data } = useQuery({ queryKey: ['printing', 'job', id], queryFn: () => api.printing.job({ id }) })
  return <span role="status">{data && <PrintBadge job={data} />}</span>
}

/** Why no test page was printed at all. */
export function TestFailure({ test }: { test: TestPrint }): ReactNode {
  return test.error ? <div className="became"><FailureNote error={test.error} /></div> : null
}
