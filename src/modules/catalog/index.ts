export { findOrAddChannels } from './channels.ts'
export { findItems, findOrAddItems, type Item, type NewItem } from './items.ts'
export {
  addLineCodeRules,
  type LineCodeRule,
  lineCodeReader,
  listLineCodeRules,
  type NewLineCodeRule,
  normaliseCode,
} from './line-codes.ts'
