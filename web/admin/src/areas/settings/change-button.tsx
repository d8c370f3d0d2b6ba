import { Button } from '@mantine/core'
import type { RowsColumn } from '../../../../ui/rows.tsx'
import { t } from './texts.ts'

type ChangeButtonProps = { name: string; onClick(): void }

/** Changes one of a list; whoever hears it is told which. */
export const ChangeButton = ({ name, onClick }: ChangeButtonProps) => (
  <Button size="compact-sm" variant="subtle" aria-label={t('changeNamed', { name })} onClick={onClick}>
    {t('change')}
  </Button>
)

/** The last column of a list, for whoever may change what it lists. */
export const changeColumn = <Row,>(
  mayChange: boolean,
  nameOf: (row: Row) => string,
  onChange: (row: Row) => void,
): RowsColumn<Row>[] =>
  mayChange
    ? [
        {
          id: 'change',
          header: '',
          right: true,
          cell: (row) => <ChangeButton name={nameOf(row)} onClick={() => onChange(row)} />,
        },
      ]
    : []
