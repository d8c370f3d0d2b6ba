import type { Chart, ChartName } from './chart.ts'
import { de } from './de.ts'
import { fr } from './fr.ts'
import { generic } from './generic.ts'
import { uk } from './uk.ts'
import { us } from './us.ts'

export {
  activityOfClass,
  activityOfHeading,
  activityOfRole,
  type CashFlowActivity,
  type ChosenActivity,
  chosenActivities,
} from './cash-flow-activities.ts'
export { type Chart, type ChartAccount, type ChartGroup, type ChartName, type HeadingCode, headings } from './chart.ts'
export {
  type AccountClass,
  accountClasses,
  type Control,
  controls,
  isRole,
  type Role,
  roleNamed,
  roles,
} from './roles.ts'

/** Every chart that the product brings along, by its name. */
export const charts: Readonly<Record<ChartName, Chart>> = { uk, us, de, fr, generic }

/** Whether `name` is the name of a chart, as a command line or a request gives it. */
export const isChartName = (name: string): name is ChartName => Object.hasOwn(charts, name)

/** The chart that a company of `country` (two letters, upper case) starts with unless it asks for another. */
export function chartForCountry(country: string): Chart {
  // The Isle of Man and Monaco keep their books and their VAT as the country beside them does.
  if (country === 'IM') return uk
  if (country === 'MC') return fr
  return Object.values(charts).find((chart) => chart.country === country) ?? generic
}
