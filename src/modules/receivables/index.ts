export { type Application, applyItems, type NewOpenItem, openItems } from './open-items.ts'
