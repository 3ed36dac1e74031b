import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries, type AbTestView } from '@/api';
import { ChartFigure, XYChart } from '@/charts';
import { formatCount, formatShare } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { courseSeries } from './courseSeries';

/** How the difference and its interval moved while outcomes came in. */
export function CourseChart({ test }: { test: AbTestView }) {
  const course = useQuery({ ...queries.abTestCourse(test.name), ...(test.status !== 'running' && { refetchInterval: false as const }) });
  const moments = useMemo(() => course.data ?? [], [course.data]);
  const series = useMemo(() => courseSeries(moments), [moments]);
  const table = useMemo(() => ({
    columns: ['outcomes', 'known at', 'difference', 'at least', 'at most', 'p'],
    rows: moments.map(({ outcomes, at, difference, lower, upper, p_value }) => [outcomes, at, difference, lower, upper, p_value]),
  }), [moments]);
  const drawn = series[0]?.points ?? [];
  const [first, last] = [drawn[0]?.x ?? 0, drawn.at(-1)?.x ?? 1];
  const shown = test.measure === 'correct' ? (value: number) => `${Math.round(value * 1000) / 10}` : undefined;
  return (
    <Section title="How it became known">
      {course.isPending && <LoadingBlock height={300} />}
      {course.isError && <ProblemNotice error={course.error} onRetry={() => void course.refetch()} />}
      {course.data && moments.length < 2 && <Text size="sm" c="dimmed">The picture begins when outcomes of both models are known. Send them to <code>POST /api/deployments/{test.name}/outcomes</code> with the predictions’ ids.</Text>}
      {moments.length >= 2 && (
        <ChartFigure
          title="Difference over outcomes" table={table}
          description={`B’s mean minus A’s, and where it lies with ${formatShare(1 - test.level)} certainty at all times. When the whole interval is on one side of zero, the test is decided.`}
        >
          <XYChart
            label="Difference over outcomes" series={series} x={{ label: 'Outcomes', format: formatCount }} y={{ label: test.measure === 'correct' ? 'Difference in points' : 'Difference', ...(shown && { format: shown }) }}
            reference={{ from: { x: first, y: 0 }, to: { x: last, y: 0 }, name: 'No difference' }} height={300}
          />
        </ChartFigure>
      )}
    </Section>
  );
}
