export {
  countOpenExceptions,
  type Exception,
  listExceptions,
  type NewException,
  raiseExceptions,
} from './exceptions.ts'
