import { Button, SegmentedControl, TextInput, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Go } from '../../../../ui/links.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { Panel } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** What the person is called, wherever the books say who did something. */
export function OwnName({ name }: { name: string }) {
  const [changing, setChanging] = useState(false)
  return (
    <Panel title={t('ownName')} text={t('ownNameText')}>
      <ul className={classes.held}>
        <li>
          <span>{name}</span>
          <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
            {t('changeName')}
          </Button>
        </li>
      </ul>
      {changing && <ChangeName name={name} onClose={() => setChanging(false)} />}
    </Panel>
  )
}

function ChangeName({ name, onClose }: { name: string; onClose: () => void }) {
  const change = useChange('changeMe', { forgets: 'all', keyed: false })
  const [next, setNext] = useState(name)
  return (
    <DialogForm
      title={t('changeName')}
      submit={t('save')}
      ready={next.trim() !== ''}
      onClose={onClose}
      work={() => change.mutateAsync({ body: { name: next.trim() } })}
    >
      <TextInput
        label={t('ownName')}
        data-autofocus
        autoComplete="name"
        maxLength={200}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

/** Light, dark, or as the device says. It is kept in this browser alone. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Panel title={t('appearance')} text={t('appearanceText')}>
      <SegmentedControl
        size="xs"
        aria-label={t('appearance')}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
        data={[
          { value: 'light', label: t('light') },
          { value: 'dark', label: t('dark') },
          { value: 'auto', label: t('asDevice') },
        ]}
      />
    </Panel>
  )
}

/** Keys are made for one company each, so this leads to them there. */
export function OwnKeys() {
  const found = useRead('listCompanies', {})
  return (
    <Panel title={t('apiKeys')} text={t('ownKeysText')}>
      <Loaded of={found} rows={1}>
        {({ rows }) => (
          <ul className={classes.held}>
            {rows.map(({ id, name }) => (
              <li key={id}>
                <Go to={`/companies/${id}/settings/api-keys`}>{t('keysOf', { company: name })}</Go>
              </li>
            ))}
            {rows.length === 0 && <li className={classes.quiet}>{t('keysNone')}</li>}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
