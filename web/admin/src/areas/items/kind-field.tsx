import { SegmentedControl } from '@mantine/core'
import { t } from './texts.ts'

const kinds = ['goods', 'service'] as const
export type ItemKind = (typeof kinds)[number]

type KindFieldProps = { value?: string; onChange?(kind: string): void }

/** Whether it is goods or a service; the props are those that a form gives to its fields. */
export const KindField = ({ value, onChange }: KindFieldProps) => (
  <div>
    <SegmentedControl
      size="xs"
      aria-label={t('kind')}
      data={kinds.map((one) => ({ value: one, label: t(one) }))}
      {...(value !== undefined && { value })}
      {...(onChange && { onChange })}
    />
  </div>
)
