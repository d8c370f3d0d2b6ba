import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { builtInTemplates } from './reference/templates.ts'
import { definitionText, type NewTemplate, refuseUnusable, type TemplateDefinition } from './template-definition.ts'

/** A version of a template. Those that the product brings along have no id until somebody uses them, and are version 1. */
export type Template = {
  id: bigint | null
  name: string
  version: number
  title: string
  definition: TemplateDefinition
  author: string
  reason: string
}

const brought = 'countinghouse'

/** The newest version of each template, in order of name: those of the company, and those that the product brings along. */
export async function listTemplates(tx: Tx): Promise<Template[]> {
  const saved = await newestVersions(tx, null)
  const own = new Set(saved.map(({ name }) => name))
  const others = builtInTemplates.filter(({ name }) => !own.has(name)).map(asBrought)
  return [...saved, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const asBrought = ({ name, title, definition }: NewTemplate): Template => ({
  id: null,
  name,
  version: 1,
  title,
  definition,
  author: brought,
  reason: '',
})

const newestVersions = (tx: Tx, names: readonly string[] | null): Promise<Template[]> =>
  tx.query<Template>(
    `select distinct on (name) id, name, version, title, definition, author, reason from journal_template
      where company_id = $1 and ($2::text[] is null or name in (select unnest($2::text[]))) order by name, version desc`,
    [tx.companyId, names === null ? null : column(names, (name) => name)],
  )

/**
 * Saves templates, each as the next version of its name; the same as the newest version changes nothing. Journals and recurring journals keep
 * the version that they were made with. Refuses `template_invalid`, and `changed_meanwhile` where a template has another newest version than
 * the one that it `follows`: 0 is none. What the product brings along is version 1.
 */
export async function saveTemplates(
  tx: Tx,
  templates: readonly (NewTemplate & { follows?: number | undefined })[],
  author: string,
): Promise<Template[]> {
  for (const template of templates) refuseUnusable(template)
  const names = templates.map(({ name }) => name)
  if (new Set(names).size < names.length) throw new Refusal('input_invalid', { repeated: 'the name of a template' })
  await lockTemplates(tx)
  const newest = new Map((await usableTemplates(tx, names)).map((template) => [template.name, template]))
  for (const { name, follows } of templates)
    if (follows !== undefined && follows !== (newest.get(name)?.version ?? 0))
      throw new Refusal('changed_meanwhile', { template: name })
  const changed = templates.filter(({ name, title, definition }) => {
    const before = newest.get(name)
    return before === undefined || before.title !== title || textOf(before) !== definitionText(definition)
  })
  await insertTemplates(
    tx,
    changed.map((template) => ({ ...template, version: (newest.get(template.name)?.version ?? 0) + 1 })),
    author,
  )
  const saved = new Map((await newestVersions(tx, names)).map((template) => [template.name, template]))
  return names.map((name) => saved.get(name) as Template)
}

const textOf = ({ definition }: Template): string => definitionText(definition)

/** One at a time, so that two who change a template do not make the same version of it. */
const lockTemplates = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.journal_template', tx.companyId])

/** The newest versions of templates by name, with those that the product brings along saved as they are used. Unknown ones are left out. */
export async function usableTemplates(tx: Tx, names: readonly string[]): Promise<Template[]> {
  const found = await newestVersions(tx, names)
  const missing = builtInTemplates.filter(
    ({ name }) => names.includes(name) && !found.some((template) => template.name === name),
  )
  if (missing.length === 0) return found
  await insertTemplates(
    tx,
    missing.map((template) => ({ ...template, version: 1 })),
    brought,
  )
  return await newestVersions(tx, names)
}

async function insertTemplates(
  tx: Tx,
  templates: readonly (NewTemplate & { version: number })[],
  author: string,
): Promise<void> {
  if (templates.length === 0) return
  await tx.query(
    `insert into journal_template (company_id, name, version, title, definition, author, reason)
       select $1, name, version, title, definition::jsonb, $6, coalesce(reason, '')
         from unnest($2::text[], $3::int[], $4::text[], $5::text[], $7::text[]) as t (name, version, title, definition, reason)
       on conflict on constraint journal_template_version_once do nothing`,
    [
      tx.companyId,
      column(templates, (t) => t.name),
      column(templates, (t) => t.version),
      column(templates, (t) => t.title),
      column(templates, (t) => definitionText(t.definition)),
      author,
      column(templates, (t) => t.reason),
    ],
  )
}

/** Templates by their ids: a recurring journal keeps the version that it was made with. */
export async function templatesById(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, Template>> {
  const rows = await tx.query<Template & { id: bigint }>(
    `select id, name, version, title, definition, author, reason from journal_template
      where company_id = $1 and id in (select unnest($2::bigint[]))`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
