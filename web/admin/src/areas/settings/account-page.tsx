import { Button } from '@mantine/core'
import { useRead } from '../../../../ui/api.ts'
import { Brand } from '../../../../ui/frame.tsx'
import { Go } from '../../../../ui/links.tsx'
import { useTitle } from '../../../../ui/screen.tsx'
import { signOut } from '../../../../ui/sign-out.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { AccountParts } from './own-account.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** One's own account outside of any company: for whoever has none yet, or several. */
export function AccountPage() {
  const me = useRead('listMe', {})
  useTitle(t('account'))
  return (
    <main id="content" className={classes.alone}>
      <Go to="/" aria-label={t('toCompanies')}>
        <Brand />
      </Go>
      <Loaded of={me}>
        {(found) => (
          <>
            <div className={classes.head}>
              <div>
                <h1>{t('account')}</h1>
                <p>{`${found.name} · ${found.email}`}</p>
              </div>
              <Button size="xs" variant="default" onClick={() => void signOut()}>
                {t('signOut')}
              </Button>
            </div>
            <div className={classes.body}>
              <AccountParts me={found} />
            </div>
          </>
        )}
      </Loaded>
    </main>
  )
}
