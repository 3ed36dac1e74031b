import { Group, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LineageNode, LineageView } from '@/api';
import { counted, humanize, shorten } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { Notes } from '@/components/Notes';
import { Pairs } from '@/components/Pairs';
import { Section } from '@/components/Section';
import { layout, nodeHeight, nodeWidth } from './layout';
import { kinds } from './words';
import classes from './LineageGraph.module.css';

/** The things as boxes that can be chosen, and what is known of the chosen one. */
export function LineageGraph({ lineage }: { lineage: LineageView }) {
  const { nodes, edges, start } = lineage;
  const drawn = useMemo(() => layout(nodes, edges), [nodes, edges]);
  const [chosen, setChosen] = useState(start);
  const scroll = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A long chain is wider than the page: what was asked for is seen first.
    const place = drawn.placed.find(({ node }) => node.key === start);
    if (scroll.current && place) {
      scroll.current.scrollLeft = place.x + nodeWidth / 2 - scroll.current.clientWidth / 2;
    }
  }, [drawn, start]);
  const touched = new Set(edges.filter(({ from, to }) => from === chosen || to === chosen).map(({ from, to }) => `${from} ${to}`));
  const shown = nodes.find(({ key }) => key === chosen);
  return (
    <div className={classes.stack}>
      <Notes notes={lineage.is_cut ? ['There is more than is shown: the picture ends after some hundred things.'] : []} />
      <Section title={counted(nodes.length, 'thing')} description="Choose one to see what is known of it.">
        <div ref={scroll} className={classes.scroll} tabIndex={0} role="group" aria-label="Lineage">
          <div className={classes.picture} style={{ width: drawn.width, height: drawn.height }}>
            <svg width={drawn.width} height={drawn.height} className={classes.curves} aria-hidden>
              {drawn.curves.map(({ key, path }) => <path key={key} d={path} data-touched={touched.has(key) || undefined} />)}
            </svg>
            {drawn.placed.map(({ node, x, y }) => (
              <button
                key={node.key} type="button" className={classes.node} aria-pressed={node.key === chosen} data-start={node.key === start || undefined}
                style={{ left: x, top: y, width: nodeWidth, height: nodeHeight, borderInlineStartColor: `var(--series-${kinds[node.kind].color})` }} onClick={() => setChosen(node.key)}
              >
                <span className={classes.kind}>{kinds[node.kind].label}</span>
                <span className={classes.name} title={node.name}>{shorten(node.name, 60)}</span>
              </button>
            ))}
          </div>
        </div>
      </Section>
      {shown && <Chosen node={shown} lineage={lineage} />}
    </div>
  );
}

function Chosen({ node, lineage }: { node: LineageNode; lineage: LineageView }) {
  const nameOf = (key: string) => lineage.nodes.find((one) => one.key === key)?.name ?? key;
  const before = lineage.edges.filter(({ to }) => to === node.key);
  const after = lineage.edges.filter(({ from }) => from === node.key);
  const facts = Object.entries(node.facts).map(([name, value]) => [humanize(name), shorten(value, 400)] as const);
  return (
    <Section
      title={<>{kinds[node.kind].label} {node.name}</>} flush={false}
      actions={
        <Group gap="xs">
          <Open node={node} />
          {kinds[node.kind].asked && node.key !== lineage.start && <ButtonLink to="/lineage" search={{ kind: node.kind, id: node.id }} size="xs" variant="default">Its own lineage</ButtonLink>}
        </Group>
      }
    >
      <div className={classes.pair}>
        {facts.length === 0 ? <Text size="sm" c="dimmed">Nothing further is known of it.</Text> : <Pairs rows={facts} />}
        <div>
          <Text size="sm" fw={600}>Before</Text>
          {before.length === 0 && <Text size="sm" c="dimmed">Nothing: it all begins here.</Text>}
          {before.slice(0, 12).map(({ from, what }) => <Text key={from} size="sm" style={{ overflowWrap: 'anywhere' }}>{nameOf(from)} <Text span size="sm" c="dimmed">{what} this</Text></Text>)}
          <Text size="sm" fw={600} mt="sm">After</Text>
          {after.length === 0 && <Text size="sm" c="dimmed">Nothing came of it yet.</Text>}
          {after.slice(0, 12).map(({ to, what }) => <Text key={to} size="sm" style={{ overflowWrap: 'anywhere' }}><Text span size="sm" c="dimmed">{what}</Text> {nameOf(to)}</Text>)}
          {(before.length > 12 || after.length > 12) && <Text size="sm" c="dimmed">and more</Text>}
        </div>
      </div>
    </Section>
  );
}

/** The way to the thing's own page, where it has one. */
function Open({ node }: { node: LineageNode }) {
  const look = { size: 'xs', variant: 'default', children: 'Open' } as const;
  switch (node.kind) {
    case 'dataset': return <ButtonLink to="/datasets/$datasetId" params={{ datasetId: node.id }} {...look} />;
    case 'run': return <ButtonLink to="/runs/$runId" params={{ runId: node.id }} {...look} />;
    case 'model': return <ButtonLink to="/models/$modelId" params={{ modelId: node.id }} {...look} />;
    case 'deployment': return <ButtonLink to="/deployments/$name" params={{ name: node.id }} {...look} />;
    case 'predictions': return <ButtonLink to="/deployments/$name" params={{ name: node.id }} search={{ tab: 'predictions' }} {...look} />;
    case 'model_version': return node.facts.model === undefined ? null : <ButtonLink to="/registry/$name" params={{ name: node.facts.model }} search={{ project: node.project, ...(node.facts.version !== undefined && { version: node.facts.version }) }} {...look} />;
    default: return null;
  }
}
