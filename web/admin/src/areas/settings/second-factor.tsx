import { Anchor, PasswordInput, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import qrcode from 'qrcode-generator'
import { useMemo, useState } from 'react'
import { useChange } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** Sets a second factor up: the password, the code to scan with the recovery codes, and a first code that confirms it. */
export function SecondFactor({ onClose }: { onClose: () => void }) {
  const begin = useChange('createMeSecondFactor', { keyed: false })
  const confirm = useChange('createMeSecondFactorConfirm', { forgets: ['listMe'], keyed: false })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const factor = begin.data
  return (
    <DialogForm
      title={t('setUpFactor')}
      submit={factor ? t('confirm') : t('goOn')}
      ready={factor ? code.trim() !== '' : password !== ''}
      onClose={onClose}
      work={async () => {
        if (!factor) {
          await begin.mutateAsync({ body: { password } })
          return true
        }
        await confirm.mutateAsync({ body: { code: code.trim() } })
        notifications.show({ message: t('factorIsOn') })
        return false
      }}
    >
      {factor ? (
        <>
          <Text size="sm">{t('scan')}</Text>
          <Qr of={factor.uri} />
          <Text size="xs" c="dimmed">
            {t('orType', { secret: inFours(new URL(factor.uri).searchParams.get('secret') ?? '') })}{' '}
            <Anchor href={factor.uri} size="xs" underline="always">
              {t('openThere')}
            </Anchor>
          </Text>
          <ShownOnce title={t('codes')} text={t('codesText')} secret={factor.recoveryCodes.join('\n')} />
          <TextInput
            label={t('firstCode')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            w={180}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </>
      ) : (
        <PasswordInput
          label={t('password')}
          description={t('passwordAgain')}
          data-autofocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  )
}

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

const QUIET_MODULES = 2

/** The address as a QR code, drawn here: the secret in it goes nowhere else. */
function Qr({ of }: { of: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, 'M')
    code.addData(of)
    code.make()
    const count = code.getModuleCount()
    const places = Array.from({ length: count }, (_, place) => place)
    const drawn = places.flatMap((row) =>
      places.flatMap((column) =>
        code.isDark(row, column) ? [`M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`] : [],
      ),
    )
    return { path: drawn.join(''), size: count + 2 * QUIET_MODULES }
  }, [of])
  return (
    <svg className={classes.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('qr')}>
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  )
}
