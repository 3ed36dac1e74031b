import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api';
import { humanize } from '@/components/format';

/** `decision_tree(max_depth=3)` as `Decision tree (max_depth=3)`, by the catalog's titles where they are known. */
export function algorithmText(name: string, titles: ReadonlyMap<string, string>): string {
  const open = name.indexOf('(');
  const algorithm = open < 0 ? name : name.slice(0, open);
  return `${titles.get(algorithm) ?? humanize(algorithm)}${open < 0 ? '' : ` ${name.slice(open)}`}`;
}

/** Says an algorithm's name as people read it. */
export function useAlgorithmText(): (name: string) => string {
  const algorithms = useQuery(queries.algorithms());
  const titles = new Map((algorithms.data ?? []).map(({ name, title }) => [name, title]));
  return (name) => algorithmText(name, titles);
}
