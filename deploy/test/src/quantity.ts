const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity of Kubernetes (`100m`, `1Gi`) as a number of cores or bytes; NaN where it is none, or absent. */
export function quantity(text: string | number | undefined): number {
  const [, digits = '', unit = ''] = /^([+-]?[0-9.]+)([numkMGTPE]?i?)$/.exec(String(text)) ?? [];
  return digits === '' ? Number.NaN : Number(digits) * (factors[unit] ?? Number.NaN);
}
