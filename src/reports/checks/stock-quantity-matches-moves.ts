import { type Check, nothingToCompare } from './check.ts'

/** What is on hand is the sum of the moves. There are no stock moves yet. */
export const stockQuantityMatchesMoves: Check = { name: 'stock-quantity-matches-moves', run: nothingToCompare }
