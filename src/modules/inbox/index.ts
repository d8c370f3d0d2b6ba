export {
  countOpenExceptions,
  type Exception,
  listExceptions,
  type NewException,
  raiseExceptions,
  withAmountsNow,
} from './exceptions.ts'
