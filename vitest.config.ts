import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/*
 * What measures its own heap, counts what its process keeps, changes it or ends programs gets a process of its own. All other files follow one
 * another in the same few processes, which load the program once: that takes longer than most of them.
 */
const alone = [
  'test/platform/**/*.test.ts',
  'test/{attacks/uploads,http/fuzz,http/imports,http/import-wizard}.test.ts',
  'test/imports/{document-spill,fuzz,large-files}.test.ts',
  'test/kernel/prepared-statements.test.ts',
]

const every = {
  pool: 'forks',
  setupFiles: ['test/support/draws.ts'],
  // Node.js itself loads what is tested, as it does wherever the program runs, and three times as fast as the module runner.
  experimental: { viteModuleRunner: false },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // A busy machine takes its time.
  expect: { poll: { timeout: 30_000 } },
} as const

export default defineConfig({
  test: {
    globalSetup: ['test/support/database-setup.ts'],
    // Two cores, and PostgreSQL needs one of them for itself part of the time.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...every, name: 'alone', include: alone } },
      {
        test: {
          ...every,
          name: 'together',
          include: ['{src,test,tools}/**/*.test.ts'],
          exclude: alone,
          isolate: false,
        },
      },
    ],
  },
})
