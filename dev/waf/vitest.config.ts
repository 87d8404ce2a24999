import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['suites/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a rule found is read from one log.
    fileParallelism: false,
    provide: { addresses: JSON.parse(process.env['WAF_ADDRESSES'] ?? '{}') },
  },
});
