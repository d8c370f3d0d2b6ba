import { Anchor, Button, Checkbox, PasswordInput, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError } from '../../../../ui/api.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { Door, DoorForm, goOn, linkToken, useWork } from './door.tsx'
import { t } from './texts.ts'

const canPasskey = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** Who are you? A password and, where it is on, a second factor; or a passkey. */
export function SignIn() {
  const [asksFactor, setAsksFactor] = useState(false)
  if (asksFactor) return <AskFactor />
  return (
    <Door title={t('signIn')}>
      <DoorForm
        submit={t('signIn')}
        aside={canPasskey && <Passkey />}
        work={async ({ email = '', password = '' }) => {
          const { secondFactor } = await api.call('createSession', { body: { email, password } })
          if (secondFactor) setAsksFactor(true)
          else goOn()
        }}
      >
        <TextInput
          label={t('email')}
          name="email"
          type="email"
          required
          withAsterisk={false}
          autoComplete="username webauthn"
          autoFocus
        />
        <PasswordInput
          label={t('password')}
          name="password"
          required
          withAsterisk={false}
          autoComplete="current-password"
        />
      </DoorForm>
    </Door>
  )
}

function Passkey() {
  const { run, busy, problem } = useWork()
  const work = async () => {
    const options = await api.call('createSessionPasskeyOptions', { body: {} })
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    await api.call('createSessionPasskey', { body: { response: { ...credential.toJSON() } } })
    goOn()
  }
  return (
    <>
      <Button variant="default" fullWidth loading={busy} onClick={() => void run(work)}>
        {t('withPasskey')}
      </Button>
      {problem !== undefined && <Problem error={problem} />}
    </>
  )
}

const AskFactor = () => (
  <Door title={t('secondFactor')} text={t('secondFactorText')}>
    <DoorForm
      submit={t('goOn')}
      work={async ({ code = '', recovery }) => {
        await api.call('createSessionSecondFactor', { body: { code, kind: recovery ? 'recovery' : 'totp' } })
        goOn()
      }}
    >
      <TextInput
        label={t('code')}
        name="code"
        required
        withAsterisk={false}
        maxLength={40}
        autoComplete="one-time-code"
        autoFocus
      />
      <Checkbox name="recovery" label={t('recovery')} />
    </DoorForm>
  </Door>
)

const NewPasswordField = () => (
  <PasswordInput
    label={t('password')}
    description={t('passwordText')}
    name="password"
    required
    withAsterisk={false}
    minLength={12}
    maxLength={200}
    autoComplete="new-password"
  />
)

const NameField = () => (
  <TextInput label={t('name')} name="name" required withAsterisk={false} maxLength={200} autoComplete="name" />
)

/** The first owner, by the link that the server printed. */
export function Setup() {
  const token = linkToken()
  return (
    <Door title={t('setup')} text={t('setupText')}>
      <DoorForm
        submit={t('createOwner')}
        work={async ({ name = '', email = '', password = '', token: typed = '' }) => {
          await api.call('createSetup', { body: { token: token || typed, name, email, password } })
          window.location.assign('/')
        }}
      >
        {token === '' && (
          <TextInput
            label={t('token')}
            description={t('tokenText')}
            name="token"
            required
            withAsterisk={false}
            autoComplete="off"
          />
        )}
        <NameField />
        <TextInput label={t('email')} name="email" type="email" required withAsterisk={false} autoComplete="username" />
        <NewPasswordField />
      </DoorForm>
    </Door>
  )
}

/** An invitation: in the name of whoever is signed in, or as somebody new. */
export function Join() {
  const me = useQuery({ queryKey: ['who'], queryFn: whoIsThere, retry: false })
  const token = linkToken()
  if (me.isPending) return null
  return (
    <Door title={t('join')} text={me.data ? t('joinAs', { email: me.data.email }) : undefined}>
      <DoorForm
        submit={t('joinButton')}
        aside={
          !me.data && (
            <Text size="sm" c="dimmed" ta="center">
              {t('haveAccount')} <Anchor href={`/sign-in?next=/join#${token}`}>{t('signInFirst')}</Anchor>
            </Text>
          )
        }
        work={async ({ name, password }) => {
          const { companyId } = await api.call('createInvitationsAccept', { body: { token, name, password } })
          window.location.assign(`/companies/${companyId}`)
        }}
      >
        {!me.data && (
          <>
            <NameField />
            <NewPasswordField />
          </>
        )}
      </DoorForm>
    </Door>
  )
}

/** Who is signed in, or null. */
async function whoIsThere() {
  try {
    return await api.call('listMe', {})
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null
    throw error
  }
}

/** A new password, by a link. */
export const Reset = () => (
  <Door title={t('reset')}>
    <DoorForm
      submit={t('setPassword')}
      work={async ({ password = '' }) => {
        await api.call('createPasswordReset', { body: { token: linkToken(), password } })
        window.location.assign('/sign-in')
      }}
    >
      <NewPasswordField />
    </DoorForm>
  </Door>
)
