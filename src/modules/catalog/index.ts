export { findOrAddChannels } from './channels.ts'
export { changeItems, findItems, findOrAddItems, type Item, type ItemChange, lockItems, type NewItem } from './items.ts'
export {
  addLineCodeRules,
  type LineCodeRule,
  lineCodeReader,
  listLineCodeRules,
  type NewLineCodeRule,
  normaliseCode,
} from './line-codes.ts'
export {
  addSourceNameRules,
  listSourceNameRules,
  type NewSourceNameRule,
  type SourceNameMeaning,
  type SourceNameRule,
  sourceNameReader,
} from './source-names.ts'
