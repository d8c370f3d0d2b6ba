import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What the data of an exception is about: it decides who answers for it. */
export const dataKinds = ['orders', 'items', 'customers', 'stock', 'prices', 'tax', 'bank'] as const
export type DataKind = (typeof dataKinds)[number]

/** Who is next where nobody has closed an exception so many days past its due day. */
export type EscalationStep = { daysPastDue: number; responsible: string; email?: string | null }

/** Who answers for a kind of data, how many days they have, and who is next. */
export type Duty = {
  dataKind: DataKind
  responsible: string
  email: string | null
  days: number
  escalation: EscalationStep[]
}

/** Until a company says otherwise, whoever owns the data of orders answers for everything, and has a week. */
const usualDuty = { responsible: 'order desk', email: null, days: 7, escalation: [] }

type StoredDuty = Omit<Duty, 'escalation'>
type StoredStep = EscalationStep & { dataKind: DataKind }

/** Who answers for each kind of data: what the company set, then the owner of order data, then the order desk. */
export async function listDuties(tx: Tx): Promise<Duty[]> {
  const duties = await tx.query<StoredDuty>(
    'select data_kind as "dataKind", responsible, email, days from exception_duty where company_id = $1',
    [tx.companyId],
  )
  const steps = await tx.query<StoredStep>(
    `select data_kind as "dataKind", days_past_due as "daysPastDue", responsible, email
      from exception_escalation where company_id = $1 and not ended order by data_kind, step`,
    [tx.companyId],
  )
  const own = (dataKind: DataKind): Duty | undefined => {
    const duty = duties.find((one) => one.dataKind === dataKind)
    if (duty === undefined) return undefined
    const escalation = steps.filter((step) => step.dataKind === dataKind).map(({ dataKind: _, ...step }) => step)
    return { ...duty, escalation }
  }
  return dataKinds.map((dataKind) => ({ ...(own(dataKind) ?? own('orders') ?? usualDuty), dataKind }))
}

/**
 * Sets who answers for kinds of data. What is open already keeps whoever answers for it. Refuses `input_invalid` for steps that do not follow
 * each other in time.
 */
export async function setDuties(tx: Tx, duties: readonly Duty[]): Promise<void> {
  for (const { dataKind, escalation } of duties) {
    const days = escalation.map(({ daysPastDue }) => daysPastDue)
    if (days.some((day, index) => index > 0 && day <= (days[index - 1] ?? 0)))
      throw new Refusal('input_invalid', { [dataKind]: 'each step of the escalation is later than the one before' })
  }
  await tx.query(
    `insert into exception_duty (company_id, data_kind, responsible, email, days)
       select $1, d.* from unnest($2::text[], $3::text[], $4::text[], $5::int[]) as d (data_kind, responsible, email, days)
       on conflict (company_id, data_kind) do update set responsible = excluded.responsible, email = excluded.email, days = excluded.days`,
    [
      tx.companyId,
      column(duties, (d) => d.dataKind),
      column(duties, (d) => d.responsible),
      column(duties, (d) => d.email),
      column(duties, (d) => d.days),
    ],
  )
  const steps = duties.flatMap(({ dataKind, escalation }) =>
    escalation.map((step, index) => ({ ...step, dataKind, step: index + 1 })),
  )
  await tx.query(
    'update exception_escalation set ended = true where company_id = $1 and data_kind = any ($2::text[]) and not ended',
    [tx.companyId, column(duties, (d) => d.dataKind)],
  )
  await tx.query(
    `insert into exception_escalation (company_id, data_kind, step, days_past_due, responsible, email)
       select $1, s.* from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::text[]) as s (data_kind, step, days, responsible, email)
       on conflict (company_id, data_kind, step) do update
         set days_past_due = excluded.days_past_due, responsible = excluded.responsible, email = excluded.email, ended = false`,
    [
      tx.companyId,
      column(steps, (s) => s.dataKind),
      column(steps, (s) => s.step),
      column(steps, (s) => s.daysPastDue),
      column(steps, (s) => s.responsible),
      column(steps, (s) => s.email),
    ],
  )
}
