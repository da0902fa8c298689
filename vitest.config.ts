import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,adapters,fixtures,docs,conformance}/**/*.test.ts', 'property-tests/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', 'property-tests/explore*.test.ts'],
          testTimeout: 60_000,
          // Vitest leaves one core to others: on two that would halve the speed.
          maxWorkers: '100%',
        },
      },
      {
        // All states that small sites can reach: too many for the quick gate.
        test: {
          name: 'exploration',
          include: ['property-tests/explore*.test.ts'],
          testTimeout: 300_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: ['node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
