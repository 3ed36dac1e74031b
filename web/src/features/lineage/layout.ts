import type { LineageEdge, LineageNode } from '@/api';

export const nodeWidth = 148;
export const nodeHeight = 66;
const columnGap = 34;
const rowGap = 16;
const sweeps = 4;

export interface Placed {
  node: LineageNode;
  x: number;
  y: number;
}

export interface Drawn {
  placed: readonly Placed[];
  /** Curves from the right side of what was there before to the left side of what came of it. */
  curves: readonly { key: string; path: string }[];
  width: number;
  height: number;
}

/** Columns from what was there first to what came of it last; within a column each thing near what it hangs on. */
export function layout(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): Drawn {
  const columns = columnsOf(nodes, edges);
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = tallest * (nodeHeight + rowGap) - rowGap;
  const placed = columns.flatMap((column, across) => column.map((node, down): Placed => ({
    node,
    x: across * (nodeWidth + columnGap),
    y: (height - (column.length * (nodeHeight + rowGap) - rowGap)) / 2 + down * (nodeHeight + rowGap),
  })));
  const places = new Map(placed.map((one) => [one.node.key, one]));
  const curves = edges.flatMap(({ from, to }) => {
    const [a, b] = [places.get(from), places.get(to)];
    return a === undefined || b === undefined ? [] : [{ key: `${from} ${to}`, path: curve(a, b) }];
  });
  return { placed, curves, width: columns.length * (nodeWidth + columnGap) - columnGap, height };
}

function curve(a: Placed, b: Placed): string {
  const [x1, y1, x2, y2] = [a.x + nodeWidth, a.y + nodeHeight / 2, b.x, b.y + nodeHeight / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`;
}

function columnsOf(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): LineageNode[][] {
  const depth = depths(nodes, edges);
  const columns = Array.from({ length: Math.max(0, ...depth.values()) + 1 }, (_, across) => nodes.filter(({ key }) => depth.get(key) === across)).filter((column) => column.length > 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    order(columns, edges.map(({ from, to }) => [to, from]));
    order(columns.toReversed(), edges.map(({ from, to }) => [from, to]));
  }

  return columns;
}

/** Sorts each column by where the things lie that it hangs on, one column after the other. */
function order(columns: readonly LineageNode[][], hangsOn: readonly (readonly [string, string])[]) {
  const near = new Map<string, (readonly [string, string])[]>();
  hangsOn.forEach((pair) => near.set(pair[0], [...(near.get(pair[0]) ?? []), pair]));
  const rank = new Map<string, number>();
  for (const column of columns) {
    const pull = new Map(column.map(({ key }, index) => {
      const ranks = (near.get(key) ?? []).flatMap(([, other]) => rank.get(other) ?? []);
      return [key, ranks.length === 0 ? index - (column.length - 1) / 2 : ranks.reduce((sum, one) => sum + one, 0) / ranks.length];
    }));
    column.sort((a, b) => pull.get(a.key)! - pull.get(b.key)!);
    column.forEach(({ key }, index) => rank.set(key, index - (column.length - 1) / 2));
  }
}

/** The longest way from where it all begins; a circle, which the server never tells, would end the search where it closes. */
function depths(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): Map<string, number> {
  const before = new Map<string, string[]>();
  for (const { from, to } of edges) {
    before.set(to, [...(before.get(to) ?? []), from]);
  }

  const known = new Map<string, number>();
  const open = new Set<string>();
  const depthOf = (key: string): number => {
    const found = known.get(key);
    if (found !== undefined || open.has(key)) {
      return found ?? 0;
    }

    open.add(key);
    const depth = Math.max(-1, ...(before.get(key) ?? []).map(depthOf)) + 1;
    open.delete(key);
    known.set(key, depth);
    return depth;
  };
  nodes.forEach(({ key }) => depthOf(key));
  return known;
}
