export { type Budget, listBudgets, saveBudgets } from './budgets.ts'
export { type BudgetAmount, setBudgetAmounts } from './set-budget-amounts.ts'
