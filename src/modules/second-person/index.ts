export { type DoneOrWaiting, decide, postJournalOrAsk, reopenPeriodOrAsk, setRuleOrAsk } from './second-person.ts'
