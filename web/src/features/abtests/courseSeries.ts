import type { AbTestMoment } from '@/api';
import type { Series } from '@/charts';

/** The difference and both ends of its interval; ends that are very far out at first would flatten all that follows, so they are drawn from where they are near. */
export function courseSeries(moments: readonly AbTestMoment[]): Series[] {
  const known = moments.filter(({ lower, upper }) => lower !== null && upper !== null);
  const last = known.at(-1);
  const near = last === undefined ? 0 : 6 * (last.upper! - last.lower!) + Math.abs(last.difference);
  const ends = known.filter(({ lower, upper }) => Math.abs(lower!) <= near && Math.abs(upper!) <= near);
  const from = ends[0]?.outcomes ?? 0;
  return [
    { name: 'Difference', draw: 'line', color: 1, points: moments.filter(({ outcomes }) => outcomes >= from).map(({ outcomes, difference }) => ({ x: outcomes, y: difference })) },
    ...(ends.length === 0 ? [] : [
      { name: 'At most', draw: 'line' as const, color: 6, points: ends.map(({ outcomes, upper }) => ({ x: outcomes, y: upper! })) },
      { name: 'At least', draw: 'line' as const, color: 6, points: ends.map(({ outcomes, lower }) => ({ x: outcomes, y: lower! })) },
    ]),
  ];
}
