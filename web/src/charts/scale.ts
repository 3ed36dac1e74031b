/** A straight map from data to pixels. */
export interface Scale {
  (value: number): number;
  domain: readonly [number, number];
}

export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  const factor = (range[1] - range[0]) / (high - low);
  const scale = (value: number) => range[0] + (value - low) * factor;
  return Object.assign(scale, { domain: [low, high] as const });
}

/** Round numbers (1, 2 or 5 times a power of ten apart) inside the domain, about as many as asked for. */
export function ticks([low, high]: readonly [number, number], about = 5): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) {
    return [low];
  }

  const rough = span / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.9999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples, not sums: 0.1 + 0.2 would show.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** The least and greatest finite value, with a margin on both sides given as a share of the span. */
export function extent(values: Iterable<number>, margin = 0): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }

  if (low > high) {
    return [0, 1];
  }

  const pad = (high - low || Math.abs(high) || 1) * margin;
  return [low - pad, high + pad];
}
