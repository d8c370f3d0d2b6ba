import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, useTagged } from '../../../../ui/api.ts'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded, LoadingRows } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { type Done, JournalForm } from './journal-form.tsx'
import { valuesOf } from './journal-values.ts'
import { Told } from './new-journal.tsx'
import { t } from './texts.ts'
import { useTyped } from './typing.ts'

/** A draft, gone on with: kept again, or posted. */
export function EditDraft() {
  const { id } = useParams({ strict: false }) as { id: string }
  const path = { ...useCompanyPath(), journalId: id }
  const found = useTagged('getJournal', { path })
  const how = useTyped()
  const go = useGo()
  const to = useAddress()
  const [done, setDone] = useState<Done>()
  return (
    <Loaded of={found}>
      {({ result: draft, tag }) => (
        <Screen title={t('editDraft', { reference: draft.reference })} padded>
          {done && how && <Told of={done} how={how} />}
          {how === undefined ? (
            <LoadingRows />
          ) : (
            <JournalForm
              name={`journal.${id}`}
              initial={valuesOf(draft, how)}
              how={how}
              draft={{
                id,
                tag,
                reread: async () => {
                  const read = await api.read('getJournal', { path })
                  return { values: valuesOf(read.result, how), tag: read.tag }
                },
              }}
              onDone={(what) => {
                if (what.kind === 'waits') setDone(what)
                else void go(to('journal', { detail: `journal.${id}` }))
              }}
            />
          )}
        </Screen>
      )}
    </Loaded>
  )
}
