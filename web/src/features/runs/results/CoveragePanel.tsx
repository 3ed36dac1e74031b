import { Text } from '@mantine/core';
import type { RegionCoverage } from '@/api';
import { Bars, ChartFigure } from '@/charts';
import { counted, formatNumber, formatShare } from '@/components/format';
import classes from '../RunPage.module.css';

type Group = RegionCoverage['groups'][number];

/** How often intervals of numbers or sets of classes really held the truth, and for whom they did not. */
export function CoveragePanel({ regions, ofClasses, target }: { regions: RegionCoverage; ofClasses: boolean; target: string }) {
  const what = ofClasses ? 'Sets' : 'Intervals';
  const size = (value: number | null) => (ofClasses ? `${formatNumber(value, 2)} classes` : `${formatNumber(value, 3)} wide`);
  const declared = regions.declared_groups ?? [];
  return (
    <div className={classes.panel}>
      <ChartFigure
        title={`Do the ${what.toLowerCase()} hold the truth?`} picture={false}
        description={`${what} were to hold the truth for ${formatShare(regions.level, 1)} of the rows. On the test rows they did for ${formatShare(regions.coverage)}, with ${ofClasses ? `${formatNumber(regions.size, 3)} classes in a set on average` : `a mean width of ${formatNumber(regions.size, 3)} in the unit of ${target}`}. The line marks what was wanted.`}
        table={{
          columns: ['rows of', 'rows', 'held the truth', ofClasses ? 'classes in a set' : 'width'],
          rows: [['all', null, regions.coverage, regions.size], ...[...regions.groups, ...declared].map((group): (string | number | null)[] => [group.group, group.row_count, group.coverage, group.size])],
        }}
      >
        <GroupBars label={ofClasses ? 'Truth held, by true class' : 'Truth held, by predicted number'} title={ofClasses ? 'By true class' : 'By predicted number'} groups={regions.groups} level={regions.level} size={size} />
        {declared.length > 0 && (
          <>
            <GroupBars
              label="Truth held, by declared group" title={`The worst of ${counted(regions.declared_group_count ?? declared.length, 'declared group')}`} groups={declared.slice(0, mostDeclared)} level={regions.level} size={size}
            />
            <Text size="sm" c="dimmed" mt="xs">
              {regions.mean_of_declared_groups === null || regions.mean_of_declared_groups === undefined ? '' : `Each group counted alike, the truth was held for ${formatShare(regions.mean_of_declared_groups)} of a group\u2019s rows on average. `}
              Groups of fewer than ten test rows are not listed; of small groups some fall short by chance.
            </Text>
          </>
        )}
      </ChartFigure>
    </div>
  );
}

const mostDeclared = 12;

interface GroupBarsProps {
  label: string;
  title: string;
  groups: readonly Group[];
  level: number;
  size: (value: number | null) => string;
}

function GroupBars({ label, title, groups, level, size }: GroupBarsProps) {
  return (
    <>
      <Text size="sm" fw={600} mt="md" mb={6}>{title}</Text>
      <Bars
        label={label} full={1} mark={{ at: level, name: `wanted: ${formatShare(level, 1)}` }}
        bars={groups.map((group) => ({
          key: group.group, name: group.group, value: group.coverage, text: formatShare(group.coverage), hint: `${group.group}: ${counted(group.row_count, 'row')}, ${formatShare(group.coverage)} held the truth, ${size(group.size)}`,
        }))}
      />
    </>
  );
}
