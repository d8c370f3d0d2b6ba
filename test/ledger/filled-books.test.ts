import { expect, test } from 'vitest'
import type { BenchDatabase } from '../../bench/support/bench-database.ts'
import { proveFill } from '../../bench/support/proven-fill.ts'
import { openDatabase } from '../../src/kernel/database.ts'
import { testDatabase } from '../support/database.ts'
import { runSql } from '../support/sql.ts'

async function open(): Promise<BenchDatabase> {
  const { url, drop } = await testDatabase()
  const database = openDatabase({ url })
  return {
    ...database,
    url,
    drop: async () => {
      await database.close()
      await drop()
    },
  }
}

test('the books that the bench fills are those that posting leaves', async () => {
  await proveFill({ open }, 60)
})

test('one penny that posting would not leave is noticed', async () => {
  let opened = 0
  const openWrong = async (): Promise<BenchDatabase> => {
    const database = await open()
    opened += 1
    if (opened === 2) return database
    const drop = (): Promise<void> => database.drop()
    // The fill writes as the owner, without triggers: what it wrote is changed on the way.
    await runSql(
      database.url,
      `create function one_penny_more() returns trigger language plpgsql as
      'begin if new.entry_id = 7 then new.amount_minor := new.amount_minor + 1; end if; return new; end'`,
    )
    await runSql(
      database.url,
      `create trigger one_penny_more before insert on journal_line for each row execute function one_penny_more()`,
    )
    await runSql(database.url, 'alter table journal_line enable always trigger one_penny_more')
    return { ...database, drop }
  }
  await expect(proveFill({ open: openWrong }, 60)).rejects.toThrow('not what posting leaves')
})
