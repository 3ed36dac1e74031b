/** How a model's column finds its column in a table. */
export interface ColumnMatch {
  feature: string;
  column: string | null;
  /** The same name; the same but for letter case and separators; a guess by likeness; or nothing. */
  how: 'same' | 'alike' | 'near' | 'missing';
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Finds a table column for each model column. Each table column is used once; sure matches come before guesses. */
export function mapColumns(features: readonly string[], columns: readonly string[]): ColumnMatch[] {
  const free = new Set(columns);
  const found = new Map<string, ColumnMatch>();
  const take = (feature: string, column: string, how: ColumnMatch['how']) => {
    free.delete(column);
    found.set(feature, { feature, column, how });
  };

  for (const feature of features) {
    if (free.has(feature)) {
      take(feature, feature, 'same');
    }
  }

  const byPlain = new Map<string, string>();
  for (const column of free) {
    const name = plain(column);
    if (name !== '' && !byPlain.has(name)) {
      byPlain.set(name, column);
    }
  }

  for (const feature of features) {
    const column = byPlain.get(plain(feature));
    if (!found.has(feature) && column !== undefined && free.has(column)) {
      take(feature, column, 'alike');
    }
  }

  const open = features.filter((feature) => !found.has(feature));
  // Comparing all with all is only affordable, and only helpful, for tables of sensible width.
  if (open.length * free.size <= 250_000) {
    const pairs = open.flatMap((feature) => [...free].map((column) => ({ feature, column, distance: distance(plain(feature), plain(column)) })))
      .filter(({ feature, distance: far }) => far <= Math.max(1, Math.floor(plain(feature).length / 4)))
      .sort((a, b) => a.distance - b.distance);
    for (const { feature, column } of pairs) {
      if (!found.has(feature) && free.has(column)) {
        take(feature, column, 'near');
      }
    }
  }

  return features.map((feature) => found.get(feature) ?? { feature, column: null, how: 'missing' });
}

/** Levenshtein's edit distance. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }

    row = next;
  }

  return row[b.length]!;
}

/** What the server must be told: only where names differ. */
export function serverMapping(matches: readonly ColumnMatch[]): Map<string, string> {
  return new Map(matches.flatMap(({ feature, column }) => (column !== null && column !== feature ? [[feature, column] as const] : [])));
}
