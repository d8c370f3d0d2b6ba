export { type Budget, listBudgets, readBudget, saveBudgets } from './budgets.ts'
export { type BudgetAmount, lockBudget, setBudgetAmounts } from './set-budget-amounts.ts'
