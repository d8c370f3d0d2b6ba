import { Anchor, Button, Stack } from '@mantine/core'
import { IconBuildingStore, IconChevronRight } from '@tabler/icons-react'
import { Navigate } from '@tanstack/react-router'
import { useRead } from '../../../../ui/api.ts'
import { Go, GoButton } from '../../../../ui/links.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { signOut } from '../../../../ui/sign-out.ts'
import { Empty, Failed, LoadingRows } from '../../../../ui/states.tsx'
import { Door } from '../doors/door.tsx'
import classes from './companies.module.css'
import { t } from './texts.ts'
import { useSample } from './use-sample.ts'

/** The companies that somebody works for; whoever has one alone goes straight to it. */
export function Companies() {
  const me = useRead('listMe', {})
  const companies = useRead('listCompanies', {})
  const error = me.error ?? companies.error
  if (error) return <Failed error={error} retry={() => void Promise.all([me.refetch(), companies.refetch()])} />
  if (me.data === undefined || companies.data === undefined) return <LoadingRows />
  const { rows } = companies.data
  const [only] = rows
  if (only !== undefined && rows.length === 1) return <Navigate to={`/companies/${only.id}` as never} replace />
  const mayCreate = me.data.installationOwner
  return (
    <Door title={t('title')}>
      {rows.length === 0 ? (
        <Empty
          icon={<IconBuildingStore size={22} stroke={1.5} />}
          title={mayCreate ? t('none') : t('noneOfYours')}
          text={mayCreate ? t('noneText') : t('noneOfYoursText')}
          action={mayCreate && <FirstCompany />}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {rows.map(({ id, name, country, baseCurrency }) => (
              <li key={id}>
                <Go to={`/companies/${id}`}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.hint}>
                    {country} · {baseCurrency}
                  </span>
                  <IconChevronRight size={15} stroke={1.6} aria-hidden />
                </Go>
              </li>
            ))}
          </ul>
          {mayCreate && (
            <Stack gap="xs" mt="md">
              <GoButton variant="default" fullWidth to="/companies/new">
                {t('create')}
              </GoButton>
              <SampleButton />
            </Stack>
          )}
        </>
      )}
      <p className={classes.foot}>
        <Go to="/account">{t('account')}</Go>
        <Anchor component="button" size="sm" c="dimmed" onClick={() => void signOut()}>
          {t('signOut')}
        </Anchor>
      </p>
    </Door>
  )
}

const FirstCompany = () => (
  <Stack gap="xs">
    <GoButton to="/companies/new">{t('create')}</GoButton>
    <SampleButton />
  </Stack>
)

function SampleButton() {
  const sample = useSample()
  return (
    <>
      <Button variant="subtle" fullWidth loading={sample.busy} onClick={sample.begin}>
        {t('lookAround')}
      </Button>
      {sample.problem && <Problem error={sample.problem} />}
    </>
  )
}
