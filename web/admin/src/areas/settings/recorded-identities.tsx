import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { CompanyIdentityVersion } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Panel } from './frame.tsx'
import { legal } from './identity-texts.ts'
import { addressParts } from './identity-values.ts'
import { t } from './texts.ts'

export const countryName = (code: string): string => (countries as Readonly<Record<string, string>>)[code] ?? code
export const dayOrBeginning = (day: string | null): string => (day === null ? t('beginning') : writtenDay(day, locale))

export const addressText = (address: CompanyIdentityVersion['registeredAddress']): string =>
  address === null
    ? ''
    : addressParts
        .flatMap((part) => (part === 'country' ? countryName(address.country) : (address[part] ?? [])))
        .join(', ')

/** What was recorded, and from which day it holds: documents of a day say what held then. What is only planned can be taken away. */
export function Recorded({ tag }: { tag: string | null }) {
  const { may, company } = useWorkplace()
  const found = useRead('listIdentityVersions', { path: useCompanyPath() })
  const [leaving, setLeaving] = useState<CompanyIdentityVersion>()
  const isPlanned = ({ effectiveFrom, withdrawnAt }: CompanyIdentityVersion): boolean =>
    withdrawnAt === null && effectiveFrom !== null && effectiveFrom > today(company.timeZone)
  return (
    <Loaded of={found}>
      {({ rows }) =>
        rows.length === 0 ? null : (
          <Panel title={legal('identityRecorded')} text={legal('identityRecordedText')}>
            <Rows
              label={legal('identityRecorded')}
              of={rows}
              keyOf={({ version }) => String(version)}
              empty={null}
              columns={[
                { id: 'from', header: legal('holdsFrom'), cell: ({ effectiveFrom }) => dayOrBeginning(effectiveFrom) },
                { id: 'name', header: legal('identity_legalName'), cell: ({ legalName }) => legalName },
                {
                  id: 'address',
                  header: legal('address_registered'),
                  wide: true,
                  cell: ({ registeredAddress }) => addressText(registeredAddress),
                },
                { id: 'by', header: legal('identityBy'), wide: true, cell: ({ authorName }) => authorName },
                {
                  id: 'at',
                  header: legal('identityAt'),
                  wide: true,
                  cell: ({ recordedAt }) => <Day of={recordedAt} />,
                },
                {
                  id: 'withdraw',
                  header: '',
                  right: true,
                  cell: (one) =>
                    one.withdrawnAt !== null
                      ? legal('takenAway')
                      : may('company.write') &&
                        isPlanned(one) && (
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            color="gray"
                            aria-label={legal('takeAwayNamed', { name: one.legalName })}
                            onClick={() => setLeaving(one)}
                          >
                            {legal('takeAway')}
                          </Button>
                        ),
                },
              ]}
            />
            {leaving && <TakeAway of={leaving} tag={tag} onClose={() => setLeaving(undefined)} />}
          </Panel>
        )
      }
    </Loaded>
  )
}

/** It is taken away only if nobody recorded or took away another since it was read. */
function TakeAway({ of, tag, onClose }: { of: CompanyIdentityVersion; tag: string | null; onClose: () => void }) {
  const path = { ...useCompanyPath(), version: String(of.version) }
  const change = useChange('withdrawIdentity', { forgets: ['getIdentity', 'listIdentityVersions'] })
  return (
    <DialogForm
      title={legal('takeAwayNamed', { name: of.legalName })}
      submit={legal('takeAway')}
      danger
      onClose={onClose}
      work={async () => {
        await change.mutateAsync({ path, ifMatch: tag ?? undefined })
        notifications.show({ message: t('saved') })
      }}
    >
      {legal('takeAwayText', { day: dayOrBeginning(of.effectiveFrom) })}
    </DialogForm>
  )
}
