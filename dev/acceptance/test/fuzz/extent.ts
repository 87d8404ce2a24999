// More, or another way: FUZZ_SECONDS=600 FUZZ_SEED=7 npx -y pnpm@12 test dev/acceptance/test/fuzz

/** How long a service is asked, and what. */
export const extent = {
  seconds: Number(process.env['FUZZ_SECONDS'] ?? 20),
  seed: Number(process.env['FUZZ_SEED'] ?? 1),
};

/** For starting, and for finding the shortest request after a fault. */
export const timeout = (extent.seconds + 60) * 1000;
