import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['test/support/database-setup.ts'],
    pool: 'forks',
    // Two cores, and PostgreSQL needs one of them for itself part of the time.
    maxWorkers: 2,
    // Node.js itself loads what is tested, as it does wherever the program runs, and three times as fast as the module runner.
    experimental: { viteModuleRunner: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine takes its time.
    expect: { poll: { timeout: 30_000 } },
  },
})
