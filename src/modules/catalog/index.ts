export { findOrAddChannels, listChannels } from './channels.ts'
export { addItemGroups, type ItemGroup, lockItemGroups, renameItemGroups, saveItemGroups } from './item-groups.ts'
export { changeItems, findItems, findOrAddItems, type Item, type ItemChange, lockItems, type NewItem } from './items.ts'
export {
  addLineCodeRules,
  addLineCodeRulesOfSources,
  type LineCodeRule,
  lineCodeReader,
  lineCodeRulesOfSources,
  listLineCodeRules,
  type NewLineCodeRule,
  normaliseCode,
} from './line-codes.ts'
export {
  addSourceNameRules,
  addSourceNameRulesOfSources,
  listSourceNameRules,
  type NewSourceNameRule,
  type SourceNameMeaning,
  type SourceNameRule,
  sourceNameReader,
} from './source-names.ts'
