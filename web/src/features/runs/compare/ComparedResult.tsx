import { Table, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconEqual, IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, type ComparedAlgorithm, type ComparisonResult, type ComparisonView } from '@/api';
import { FoldDots } from '@/charts';
import { FoldedSection } from '@/components/FoldedSection';
import { counted, formatNumber, formatSeconds } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { metricMeaning, metricTitle } from '@/components/metricWords';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { useAlgorithmText } from './algorithmText';
import { scoreDomain, verdictOf, type Verdict } from './verdict';
import classes from './ComparedResult.module.css';

/** What a comparison came to: the algorithms from best to worst, and which differences are more than chance. */
export function ComparedResult({ comparison }: { comparison: ComparisonView }) {
  const result = useQuery(queries.comparisonResult(comparison.id));
  if (result.isPending) {
    return <LoadingBlock height={300} />;
  }

  if (result.isError) {
    return <ProblemNotice error={result.error} onRetry={() => void result.refetch()} />;
  }

  return (
    <>
      <Notes notes={result.data.notes} title="Worth knowing" />
      <Ranking comparison={comparison} result={result.data} />
      <AllMetrics result={result.data} />
    </>
  );
}

function Ranking({ comparison, result }: { comparison: ComparisonView; result: ComparisonResult }) {
  const title = metricTitle(result.metric);
  const domain = scoreDomain(result.algorithms.map(({ scores }) => scores));
  return (
    <Section
      title="From best to worst" flush
      description={`${title} on ${counted(result.row_count, 'row')}, ${result.higher_is_better ? 'higher' : 'lower'} is better. ${metricMeaning(result.metric) ?? ''} ${result.split}`}
    >
      <WideTable label="Algorithms from best to worst" minWidth={980}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Algorithm</Table.Th>
              <Table.Th scope="col" ta="end">{title}, mean</Table.Th>
              <Table.Th scope="col" w={170}>Folds</Table.Th>
              <Table.Th scope="col" ta="end">Spread</Table.Th>
              <Table.Th scope="col">Beside the best</Table.Th>
              <Table.Th scope="col" ta="end">One fit</Table.Th>
              <Table.Th scope="col"><VisuallyHidden>Train</VisuallyHidden></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.algorithms.map((algorithm) => <AlgorithmRow key={algorithm.name} algorithm={algorithm} result={result} comparison={comparison} domain={domain} />)}
          </Table.Tbody>
        </Table>
      </WideTable>
      <Text size="xs" c="dimmed" px="md" py="sm">
        Spread is the standard deviation between folds. {'\u201c'}Clearly worse{'\u201d'}: a difference from the best that chance would show in fewer than 5 of 100 such comparisons (corrected resampled t-test; p is that chance). In brackets, where the
        difference lies with 95 % certainty.
      </Text>
    </Section>
  );
}

const verdicts: Record<Verdict, { text: string; icon: React.ReactNode; look: string | undefined }> = {
  best: { text: 'The best', icon: <IconTrophy size={15} aria-hidden />, look: classes.best },
  as_good: { text: 'Not clearly worse', icon: <IconEqual size={15} aria-hidden />, look: undefined },
  worse: { text: 'Clearly worse', icon: <IconArrowDown size={15} aria-hidden />, look: classes.worse },
  unfinished: { text: 'Did not finish', icon: <IconAlertTriangle size={15} aria-hidden />, look: classes.unfinished },
};

interface AlgorithmRowProps {
  algorithm: ComparedAlgorithm;
  result: ComparisonResult;
  comparison: ComparisonView;
  domain: readonly [number, number];
}

function AlgorithmRow({ algorithm, result, comparison, domain }: AlgorithmRowProps) {
  const name = useAlgorithmText()(algorithm.name);
  const measured = Object.entries(algorithm.metrics).find(([metric]) => metric === result.metric)?.[1];
  const verdict = verdictOf(algorithm);
  const { text, icon, look } = verdicts[verdict];
  const difference = algorithm.against_best;
  return (
    <Table.Tr data-algorithm={algorithm.name}>
      <Table.Th scope="row" fw={verdict === 'best' ? 650 : 500} style={{ overflowWrap: 'anywhere' }}>
        {name}
        <span className={`${classes.under} ${look ?? ''}`}>{text}</span>
      </Table.Th>
      <Table.Td ta="end"><strong>{formatNumber(measured?.mean, 4)}</strong></Table.Td>
      <Table.Td>{algorithm.scores.length > 0 && <FoldDots scores={algorithm.scores} domain={domain} label={`Scores of ${name}`} />}</Table.Td>
      <Table.Td ta="end">{formatNumber(measured?.standard_deviation, 2)}</Table.Td>
      <Table.Td>
        <span className={`${classes.verdict} ${look ?? ''}`}>{icon}{text}</span>
        {difference !== null && <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{signed(difference.mean)} [{signed(difference.low)}, {signed(difference.high)}], p {difference.p_value < 0.001 ? '< 0.001' : difference.p_value.toFixed(3)}</Text>}
        {algorithm.problem !== null && <Text size="xs" c="dimmed" maw={320}>{algorithm.problem}</Text>}
      </Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>{algorithm.scores.length > 0 ? formatSeconds(algorithm.fit_seconds) : '\u2013'}</Table.Td>
      <Table.Td ta="end">
        {algorithm.problem === null && (
          <ButtonLink
            to="/train" search={{ dataset: comparison.dataset_id, comparison: comparison.id, algorithm: algorithm.name }} size="xs" variant={verdict === 'best' ? 'filled' : 'default'} aria-label={`Train ${name}`}
          >
            Train
          </ButtonLink>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function signed(value: number | null): string {
  return value === null ? '\u2013' : `${value > 0 ? '+' : ''}${formatNumber(value, 2)}`;
}

/** Every metric of every algorithm, for those who judge by several. */
function AllMetrics({ result }: { result: ComparisonResult }) {
  const algorithmText = useAlgorithmText();
  const measured = result.algorithms.filter(({ scores }) => scores.length > 0);
  const metrics = [...new Set(measured.flatMap((algorithm) => Object.keys(algorithm.metrics)))];
  return (
    <FoldedSection title="All metrics" summary={`${counted(metrics.length, 'metric')}, mean and spread over the folds`}>
      <WideTable label="All metrics" minWidth={220 + 150 * measured.length}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Metric</Table.Th>
              {measured.map(({ name }) => <Table.Th key={name} scope="col" ta="end">{algorithmText(name)}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {metrics.map((metric) => (
              <Table.Tr key={metric}>
                <Table.Th scope="row" fw={500}>{metricTitle(metric)}</Table.Th>
                {measured.map((algorithm) => {
                  const summary = Object.entries(algorithm.metrics).find(([known]) => known === metric)?.[1];
                  return <Table.Td key={algorithm.name} ta="end">{formatNumber(summary?.mean, 4)} <Text span size="xs" c="dimmed">{'\u00b1'} {formatNumber(summary?.standard_deviation, 2)}</Text></Table.Td>;
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </FoldedSection>
  );
}
