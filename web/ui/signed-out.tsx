import { Anchor, Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { t } from './texts.ts'

const SIGN_IN = '/sign-in'

/** The way to sign in again beside what is open here, which stays as it is. */
export const SignInAgain = () => (
  <>
    <Text size="sm">{t('signInAgainText')}</Text>
    <Button component="a" href={SIGN_IN} target="_blank" rel="noopener" size="xs" variant="default">
      {t('signInAgain')}
    </Button>
  </>
)

/** Says that the session is over, without taking away what somebody is entering. */
export const tellSignedOut = (): string =>
  notifications.show({
    id: 'signed-out',
    autoClose: false,
    color: 'yellow',
    message: (
      <>
        {t('signInAgainText')}{' '}
        <Anchor size="sm" href={SIGN_IN} target="_blank" rel="noopener">
          {t('signInAgain')}
        </Anchor>
      </>
    ),
  })
