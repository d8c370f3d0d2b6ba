import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { auditedTables } from '../../web/admin/src/areas/settings/audited-tables.ts'

test('the audit log can be asked for every table whose changes it keeps', () => {
  const schema = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
  const audited = schema.matchAll(/ON public\.(\w+) FOR EACH ROW EXECUTE FUNCTION write_audit/g)
  expect(auditedTables).toEqual([...new Set(Array.from(audited, ([, table]) => table))].toSorted())
})
