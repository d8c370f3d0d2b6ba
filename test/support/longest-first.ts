import { BaseSequencer, type TestSpecification } from 'vitest/node'

/*
 * Files that take long, in seconds on two cores. They begin first, so that all processes end at about the same time. A file that is not
 * listed takes little; what is listed wrongly costs seconds and proves nothing less.
 */
const seconds: [path: string, seconds: number][] = [
  ['imports/fuzz', 16],
  ['platform/database-users', 37],
  ['platform/installed-package', 35],
  ['http/fuzz', 8],
  ['platform/database-crashes', 14],
  ['imports/golden', 110],
  ['samples/sample-company', 75],
  ['browser/settings', 60],
  ['browser/journal', 60],
  ['imports/kill', 50],
  ['imports/kill-journals', 55],
  ['attacks/bodies-of-others', 18],
  ['browser/documents', 40],
  ['browser/explaining', 40],
  ['browser/import', 38],
  ['cli/serve', 36],
  ['browser/customers', 35],
  ['imports/command-line', 31],
  ['imports/command-line-journals', 31],
  ['imports/fuzz-journals', 9],
  ['browser/mapping', 28],
  ['browser/budgets', 27],
  ['identity/invitations', 26],
  ['browser/texts', 25],
  ['browser/signing-in', 22],
  ['identity/sign-in', 21],
  ['browser/lists', 20],
  ['browser/speed', 20],
  ['browser/reports', 20],
  ['browser/inbox', 45],
  ['attacks/limits-of-people', 18],
  ['browser/first-page', 15],
  ['browser/first-run', 15],
  ['browser/home', 15],
  ['ledger/model', 5],
  ['jobs/import-runner', 14],
  ['imports/malformed', 11],
]

const secondsOf = ({ moduleId }: TestSpecification): number =>
  seconds.find(([path]) => moduleId.endsWith(`/test/${path}.test.ts`))?.[1] ?? 0

/** Orders the files: those with a process of their own, then the others, which share theirs; among each the longest first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const alone = (file: TestSpecification): number => (file.project.config.isolate ? 1 : 0)
    return files.toSorted((a, b) => alone(b) - alone(a) || secondsOf(b) - secondsOf(a))
  }
}
