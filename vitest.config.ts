// Two projects: what runs in virtual time side by side, and whole processes in real time one after the other.
import { defineConfig } from 'vitest/config';

/** Whole processes in real time: one at a time, after the rest, or they would starve each other. */
const REALTIME = ['test/realtime/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'virtual',
          include: ['test/**/*.test.ts', 'cells/**/*.test.ts'],
          exclude: [...REALTIME, 'dist/**', 'node_modules/**'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 60_000,
          // All processors: Vitest would leave one free, which is half of a machine with two.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'realtime',
          include: REALTIME,
          testTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
