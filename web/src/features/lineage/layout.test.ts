import { describe, expect, it } from 'vitest';
import type { LineageEdge, LineageNode } from '@/api';
import { layout } from './layout';

const node = (key: string): LineageNode => ({ key, kind: 'run', id: key, name: key, project: 'default', facts: {} });
const edge = (from: string, to: string): LineageEdge => ({ from, to, what: 'made' });
const place = (drawn: ReturnType<typeof layout>, key: string) => drawn.placed.find((one) => one.node.key === key)!;

describe('layout', () => {
  it('puts what came of a thing to the right of it, by the longest way', () => {
    const drawn = layout(['c', 'a', 'b'].map(node), [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')]);
    expect(place(drawn, 'a').x).toBeLessThan(place(drawn, 'b').x);
    expect(place(drawn, 'b').x).toBeLessThan(place(drawn, 'c').x);
    expect(drawn.curves).toHaveLength(3);
  });

  it('never puts two things in one place, and keeps all within the picture', () => {
    const drawn = layout(['a', 'b', 'c', 'd'].map(node), [edge('a', 'b'), edge('a', 'c'), edge('a', 'd')]);
    expect(new Set(drawn.placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
    expect(Math.min(...drawn.placed.map(({ y }) => y))).toBe(0);
  });

  it('puts a thing near what it hangs on, so that lines do not cross', () => {
    const drawn = layout(['a', 'b', 'b2', 'a2'].map(node), [edge('a', 'a2'), edge('b', 'b2')]);
    expect(Math.sign(place(drawn, 'a').y - place(drawn, 'b').y)).toBe(Math.sign(place(drawn, 'a2').y - place(drawn, 'b2').y));
  });

  it('leaves out lines whose ends are not shown, and ends for a circle', () => {
    expect(layout([node('a')], [edge('a', 'gone')]).curves).toEqual([]);
    expect(layout([node('a'), node('b')], [edge('a', 'b'), edge('b', 'a')]).placed).toHaveLength(2);
  });
});
