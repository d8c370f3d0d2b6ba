import type { Tx } from './database.ts'
import { Refusal } from './refusal.ts'

type Bisected<Item> = {
  perform(items: readonly Item[]): Promise<void>
  refuse(item: Item, refusal: Refusal): void
}

/** Does a list at once, and where that is refused its halves by themselves, until what cannot be done stands alone. */
export async function bisect<Item>(tx: Tx, items: readonly Item[], work: Bisected<Item>): Promise<void> {
  if (items.length === 0) return
  await tx.query('savepoint of_list')
  try {
    await work.perform(items)
    await tx.query('release savepoint of_list')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await tx.query('rollback to savepoint of_list; release savepoint of_list')
    const [only, ...more] = items
    if (only !== undefined && more.length === 0) return work.refuse(only, error)
    const middle = Math.ceil(items.length / 2)
    await bisect(tx, items.slice(0, middle), work)
    await bisect(tx, items.slice(middle), work)
  }
}
