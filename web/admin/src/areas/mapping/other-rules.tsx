import {
  NewDestinationRule,
  NewLineCodeRule,
  NewPostingDayRule,
  NewSourceNameRule,
} from '../../../../../src/contracts/mapping.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { useSearchState } from '../../../../ui/search.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { RulesPage } from './rules-page.tsx'
import { t } from './texts.ts'
import { destinationNamed, readable, roleNamed } from './words.ts'

const sources = ['online-retail', 'shopify-orders', 'orders', 'olist', 'northwind'].map((value) => ({
  value,
  label: readable(value),
}))
const source = { name: 'source', label: t('source'), kind: 'combo', options: sources } as const
const pattern = { name: 'pattern', label: t('pattern'), kind: 'text', hint: t('patternText') } as const
const priority = { name: 'priority', label: t('priority'), kind: 'number', hint: t('priorityText') } as const
const from = { name: 'effectiveFrom', label: t('from'), kind: 'day', hint: t('fromText') } as const

const useTaxChoices = () =>
  (useRead('listTaxCodes', { path: useCompanyPath() }).data?.rows ?? []).map(({ code, name }) => ({
    value: code,
    label: `${code} · ${name}`,
  }))

const choices = <Value extends string>(values: readonly Value[], label: (value: Value) => string) =>
  values.map((value) => ({ value, label: label(value) }))

const meanings = ['item', 'charge', 'gift_card', 'unknown'] as const

/** What the codes in a source's files stand for. */
export function LineCodes() {
  const path = useCompanyPath()
  const [search] = useSearchState()
  const of = search.source ?? 'online-retail'
  const found = useRead('listLineCodeRules', { path, query: { source: of } })
  const roles = useRead('listMappingRules', { path })
  const add = useChange('createLineCodeRules', { forgets: ['listLineCodeRules'] })
  return (
    <RulesPage
      part="lineCodes"
      found={found}
      filter={{ name: 'source', label: t('source'), value: of, options: sources }}
      keyOf={(rule) => rule.pattern}
      columns={[
        { id: 'pattern', header: t('pattern'), cell: (rule) => <code>{rule.pattern}</code> },
        { id: 'means', header: t('standsFor'), cell: (rule) => t(`means${rule.standsFor}`) },
        { id: 'role', header: t('role'), cell: (rule) => roleNamed(rule.role), wide: true },
        { id: 'taxed', header: t('taxed'), cell: (rule) => (rule.taxed ? t('yes') : t('no')), wide: true },
        { id: 'priority', header: t('priority'), cell: (rule) => String(rule.priority), right: true, wide: true },
      ]}
      fields={[
        source,
        pattern,
        {
          name: 'standsFor',
          label: t('standsFor'),
          kind: 'choice',
          options: choices(meanings, (one) => t(`means${one}`)),
        },
        {
          name: 'role',
          label: t('role'),
          kind: 'choice',
          options: [...new Set((roles.data?.rows ?? []).map(({ role }) => role))].map((value) => ({
            value,
            label: roleNamed(value),
          })),
        },
        { name: 'taxed', label: t('taxed'), kind: 'check' },
        priority,
        from,
      ]}
      initial={{ source: of, taxed: true, priority: '50' }}
      schema={NewLineCodeRule}
      save={async (body) => void (await add.mutateAsync({ path, body }))}
    />
  )
}

/** Which tax code a destination takes. */
export function Destinations() {
  const path = useCompanyPath()
  const found = useRead('listDestinationRules', { path })
  const add = useChange('createDestinationRules', { forgets: ['listDestinationRules'] })
  return (
    <RulesPage
      part="destinations"
      found={found}
      keyOf={(rule) => rule.destination}
      columns={[
        { id: 'destination', header: t('destination'), cell: (rule) => destinationNamed(rule.destination) },
        { id: 'taxCode', header: t('taxCode'), cell: (rule) => rule.taxCode },
        {
          id: 'raises',
          header: t('raisesException'),
          cell: (rule) => (rule.raisesException ? t('yes') : t('no')),
          wide: true,
        },
      ]}
      fields={[
        { name: 'destination', label: t('destination'), kind: 'text', hint: t('destinationText') },
        { name: 'taxCode', label: t('taxCode'), kind: 'choice', options: useTaxChoices() },
        { name: 'raisesException', label: t('raisesException'), kind: 'check' },
        from,
      ]}
      initial={{ raisesException: false }}
      schema={NewDestinationRule}
      save={async (body) => void (await add.mutateAsync({ path, body }))}
    />
  )
}

const abouts = ['payment', 'tax'] as const
const nameMeanings = ['clearing', 'bank', 'cash', 'gift_card', 'ignored', 'unknown', 'tax_code'] as const

/** What the payment and tax names in a source's files stand for. */
export function Names() {
  const path = useCompanyPath()
  const found = useRead('listSourceNameRules', { path })
  const add = useChange('createSourceNameRules', { forgets: ['listSourceNameRules'] })
  return (
    <RulesPage
      part="names"
      found={found}
      keyOf={(rule) => [rule.source, rule.about, rule.pattern].join('\u0000')}
      columns={[
        { id: 'pattern', header: t('pattern'), cell: (rule) => <code>{rule.pattern}</code> },
        { id: 'about', header: t('about'), cell: (rule) => t(rule.about), wide: true },
        {
          id: 'means',
          header: t('standsFor'),
          cell: (rule) => [t(`means${rule.standsFor}`), rule.method ?? rule.taxCode].filter(Boolean).join(': '),
        },
        { id: 'source', header: t('source'), cell: (rule) => readable(rule.source), wide: true },
        { id: 'priority', header: t('priority'), cell: (rule) => String(rule.priority), right: true, wide: true },
      ]}
      fields={[
        source,
        { name: 'about', label: t('about'), kind: 'choice', options: choices(abouts, t) },
        pattern,
        {
          name: 'standsFor',
          label: t('standsFor'),
          kind: 'choice',
          options: choices(nameMeanings, (one) => t(`means${one}`)),
        },
        { name: 'method', label: t('method'), kind: 'text' },
        { name: 'taxCode', label: t('taxCode'), kind: 'choice', options: useTaxChoices() },
        priority,
        from,
      ]}
      initial={{ source: 'shopify-orders', about: 'payment', priority: '50' }}
      schema={NewSourceNameRule}
      save={async (body) => void (await add.mutateAsync({ path, body }))}
    />
  )
}

const bases = ['document', 'payment', 'shipment', 'payout'] as const

/** Which of a document's days its entry takes. */
export function PostingDays() {
  const path = useCompanyPath()
  const found = useRead('listPostingDayRules', { path })
  const add = useChange('createPostingDayRules', { forgets: ['listPostingDayRules'] })
  return (
    <RulesPage
      part="postingDays"
      found={found}
      keyOf={(rule) => [rule.source, rule.channel].join('\u0000')}
      columns={[
        { id: 'source', header: t('source'), cell: (rule) => readable(rule.source) },
        { id: 'channel', header: t('channel'), cell: (rule) => rule.channel || t('allChannels'), wide: true },
        { id: 'basis', header: t('basis'), cell: (rule) => t(`basis${rule.basis}`) },
      ]}
      fields={[
        source,
        { name: 'channel', label: t('channel'), kind: 'text' },
        { name: 'basis', label: t('basis'), kind: 'choice', options: choices(bases, (one) => t(`basis${one}`)) },
        from,
        { name: 'reason', label: t('reason'), kind: 'text' },
      ]}
      initial={{ source: 'online-retail', basis: 'document' }}
      schema={NewPostingDayRule}
      save={async (body) => void (await add.mutateAsync({ path, body }))}
    />
  )
}
