import { humanize } from '@/components/format';

/** `decision_tree(max_depth=3)` as `Decision tree (max_depth=3)`. */
export function algorithmText(name: string): string {
  const open = name.indexOf('(');
  return open < 0 ? humanize(name) : `${humanize(name.slice(0, open))} ${name.slice(open)}`;
}
