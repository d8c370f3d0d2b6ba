import { type Check, nothingToCompare } from './check.ts'

/** Orders, totals and tax of each channel and day are what the channel reports. No channel reports to us yet. */
export const ordersMatchChannel: Check = { name: 'orders-match-channel', run: nothingToCompare }
