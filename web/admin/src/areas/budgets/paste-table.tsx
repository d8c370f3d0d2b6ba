import { Alert, Button, FileButton, List, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { readTable } from '../../../../ui/csv.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './budgets.module.css'
import type { Typed, Typing } from './plan.ts'
import { readPlan } from './plan-table.ts'
import { t } from './texts.ts'

type PasteProps = {
  accounts: readonly Account[]
  channel: string | null
  typing: Typing
  onTake(typed: Typed): void
  onClose(): void
}

const SHOWN = 8

/** A whole plan from a spreadsheet: with its head, so that it says itself which account and month each amount is of. */
export function PasteTable({ accounts, channel, typing, onTake, onClose }: PasteProps) {
  const { company } = useWorkplace()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<readonly string[]>([])
  const known = new Set(
    accounts.flatMap(({ code, class: kind }) => (kind === 'income' || kind === 'expense' ? [code] : [])),
  )
  return (
    <DialogForm
      title={t('paste')}
      submit={t('pasteSubmit')}
      ready={text.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const found = readPlan(readTable(text), { known, typing, currency: company.baseCurrency, channel })
        setWrong(found.wrong)
        if (found.wrong.length > 0) return true
        onTake(found.typed)
      }}
    >
      <p className={classes.quiet}>{t('pasteText')}</p>
      <Textarea
        label={t('pasteTable')}
        data-autofocus
        rows={8}
        classNames={{ input: classes.table }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setWrong([])
        }}
      />
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={async (file) => file && setText(await file.text())}>
        {(props) => (
          <Button {...props} variant="default" size="xs" className={classes.file}>
            {t('pasteFile')}
          </Button>
        )}
      </FileButton>
      {wrong.length > 0 && (
        <Alert color="red" variant="light" role="alert" title={t('pasteWrong', { count: wrong.length })}>
          <List size="sm">
            {wrong.slice(0, SHOWN).map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
            {wrong.length > SHOWN && <List.Item>{t('pasteMore', { count: wrong.length - SHOWN })}</List.Item>}
          </List>
        </Alert>
      )}
    </DialogForm>
  )
}
