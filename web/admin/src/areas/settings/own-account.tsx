import { Badge, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Me } from '../../../../../clients/typescript/src/api.ts'
import { api, useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { browserName } from './browser-name.ts'
import { Panel, SettingsFrame } from './frame.tsx'
import { Appearance, OwnKeys, OwnName } from './own-choices.tsx'
import { SecondFactor } from './second-factor.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

type Dialog = 'password' | 'factor' | 'codes' | 'factorOff' | 'passkey'

/** One's own account: what one is called, what signs in, and where one is signed in. */
export function OwnAccount() {
  const { me } = useWorkplace()
  return (
    <SettingsFrame title={t('account')} text={`${me.name} · ${me.email}`} padded>
      <AccountParts me={me} />
    </SettingsFrame>
  )
}

export function AccountParts({ me }: { me: Me }) {
  const [dialog, setDialog] = useState<Dialog>()
  const close = () => setDialog(undefined)
  return (
    <>
      <OwnName name={me.name} />
      <Panel title={t('password')} text={t('passwordText')}>
        <Button size="xs" variant="default" onClick={() => setDialog('password')}>
          {t('changePassword')}
        </Button>
      </Panel>
      <Panel title={t('secondFactor')} text={me.secondFactor ? t('factorOnText') : t('factorOffText')}>
        <Stack gap="xs" align="flex-start">
          <Badge size="sm" variant="light" color={me.secondFactor ? 'green' : 'yellow'}>
            {me.secondFactor ? t('on') : t('off')}
          </Badge>
          {me.secondFactor ? (
            <Button.Group>
              <Button size="xs" variant="default" onClick={() => setDialog('codes')}>
                {t('newCodes')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setDialog('factorOff')}>
                {t('switchOff')}
              </Button>
            </Button.Group>
          ) : (
            <Button size="xs" onClick={() => setDialog('factor')}>
              {t('setUp')}
            </Button>
          )}
        </Stack>
      </Panel>
      <Passkeys onAdd={() => setDialog('passkey')} />
      <Sessions />
      <OwnKeys />
      <Appearance />
      {dialog === 'password' && <ChangePassword email={me.email} onClose={close} />}
      {dialog === 'factor' && <SecondFactor onClose={close} />}
      {dialog === 'codes' && <NewCodes onClose={close} />}
      {dialog === 'factorOff' && <FactorOff onClose={close} />}
      {dialog === 'passkey' && <NewPasskey onClose={close} />}
    </>
  )
}

type Props = { onClose: () => void }
const MIN_PASSWORD = 12

function ChangePassword({ email, onClose }: Props & { email: string }) {
  const change = useChange('createMePassword', { forgets: ['listMeSessions'], keyed: false })
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  return (
    <DialogForm
      title={t('changePassword')}
      submit={t('changePassword')}
      ready={current !== '' && next.length >= MIN_PASSWORD}
      onClose={onClose}
      work={async () => {
        await change.mutateAsync({ body: { current, next } })
        notifications.show({ message: t('passwordChanged') })
      }}
    >
      {/* Not sent: it tells password managers whose password it is. */}
      <input type="email" value={email} readOnly hidden autoComplete="username" />
      <PasswordInput
        label={t('currentPassword')}
        data-autofocus
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('nextPassword')}
        description={t('nextPasswordText')}
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

const AskPassword = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => (
  <PasswordInput
    label={t('password')}
    description={t('passwordAgain')}
    data-autofocus
    autoComplete="current-password"
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

function NewCodes({ onClose }: Props) {
  const make = useChange('createMeRecoveryCodes', { keyed: false })
  const [password, setPassword] = useState('')
  return (
    <DialogForm
      title={t('newCodes')}
      submit={make.data ? t('done') : t('newCodes')}
      ready={password !== ''}
      onClose={onClose}
      work={async () => {
        if (make.data) return false
        await make.mutateAsync({ body: { password } })
        return true
      }}
    >
      {make.data ? (
        <ShownOnce title={t('codes')} text={t('codesText')} secret={make.data.recoveryCodes.join('\n')} />
      ) : (
        <AskPassword value={password} onChange={setPassword} />
      )}
    </DialogForm>
  )
}

function FactorOff({ onClose }: Props) {
  const end = useChange('createMeSecondFactorEnd', { forgets: ['listMe'], keyed: false })
  const [password, setPassword] = useState('')
  return (
    <DialogForm
      title={t('switchOff')}
      submit={t('switchOff')}
      danger
      ready={password !== ''}
      onClose={onClose}
      work={() => end.mutateAsync({ body: { password } })}
    >
      <AskPassword value={password} onChange={setPassword} />
    </DialogForm>
  )
}

const canPasskey = 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential

function Passkeys({ onAdd }: { onAdd: () => void }) {
  const found = useRead('listMePasskeys', {})
  const remove = useChange('removeMePasskey', { forgets: ['listMePasskeys'], keyed: false })
  return (
    <Panel title={t('passkeys')} text={t('passkeysText')}>
      <Loaded of={found} rows={1}>
        {({ rows }) => (
          <ul className={classes.held}>
            {rows.map(({ id, name, since }) => (
              <li key={id}>
                <span>
                  {name} {since && <span className={classes.quiet}>{writtenMoment(since, locale)}</span>}
                </span>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  aria-label={t('removeNamed', { name })}
                  onClick={() => remove.mutate({ path: { id }, body: {} })}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {canPasskey ? (
        <Button size="xs" variant="default" onClick={onAdd}>
          {t('addPasskey')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t('noPasskeys')}
        </Text>
      )}
    </Panel>
  )
}

function NewPasskey({ onClose }: Props) {
  const keep = useChange('createMePasskeys', { forgets: ['listMePasskeys'], keyed: false })
  const [name, setName] = useState('')
  return (
    <DialogForm
      title={t('addPasskey')}
      submit={t('addPasskey')}
      ready={name.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const options = await api.call('createMePasskeysOptions', { body: {} })
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never)
        const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
        await keep.mutateAsync({ body: { name, response: { ...credential.toJSON() } } })
      }}
    >
      <TextInput
        label={t('passkeyName')}
        placeholder={t('passkeyExample')}
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

function Sessions() {
  const found = useRead('listMeSessions', {})
  const end = useChange('endMeSession', { forgets: ['listMeSessions'], keyed: false })
  return (
    <Panel title={t('sessions')} text={t('sessionsText')}>
      <Loaded of={found} rows={2}>
        {({ rows }) => (
          <ul className={classes.held}>
            {rows.map(({ id, since, browser, address, current }) => (
              <li key={id}>
                <span>
                  {browserName(browser ?? '') || t('unknownBrowser')}
                  <div className={classes.quiet}>
                    {[writtenMoment(since, locale), address].filter(Boolean).join(' · ')}
                  </div>
                </span>
                {current ? (
                  <span className={classes.quiet}>{t('thisOne')}</span>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    onClick={() => end.mutate({ path: { id }, body: {} })}
                  >
                    {t('endSession')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
