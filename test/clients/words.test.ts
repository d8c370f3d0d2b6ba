import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { roles } from '../../src/ledger/charts/roles.ts'
import { dataKindOf } from '../../src/modules/inbox/exceptions.ts'
import { checks } from '../../src/reports/checks/index.ts'
import { wordsOfCheck } from '../../web/admin/src/areas/proof/checks.ts'
import { wordsOfException, wordsOfRole, wordsOfRule } from '../../web/ui/words.ts'

const plain = (code: string): string => code.replaceAll(/[-_]/g, ' ')

describe('what the application calls by words', () => {
  test('every check has a name and says what it compares', () => {
    for (const { name } of checks) {
      const { title, compares } = wordsOfCheck(name)
      expect([name, title === plain(name), compares === '']).toEqual([name, false, false])
    }
  })

  test('every rule that posts has words', () => {
    const files = readdirSync(new URL('../../src/posting', import.meta.url)).map((name) => name.replace('.ts', ''))
    const posting = files.filter((name) =>
      /-(issued|captured|paid|applied|taken|forfeited|realised|charged|sold|redeemed|refunded|lapsed|sent|arrived|moved|closed)$/.test(
        name,
      ),
    )
    expect(posting.length).toBeGreaterThan(15)
    for (const rule of [...posting, 'manual-journal', 'opening-balance', 'reversal', 'reclassification', 'revaluation'])
      expect([rule, wordsOfRule(rule).startsWith(wordsOfRule(rule).charAt(0).toUpperCase())]).toEqual([rule, true])
  })

  test('every role and kind of exception has words, and one that is not known is said by itself', () => {
    for (const { name } of roles) expect(wordsOfRole(name)).not.toContain('_')
    for (const kind of Object.keys(dataKindOf)) expect([kind, wordsOfException(kind)]).not.toEqual([kind, plain(kind)])
    expect(wordsOfRule('made-tomorrow')).toBe('made tomorrow')
  })
})
