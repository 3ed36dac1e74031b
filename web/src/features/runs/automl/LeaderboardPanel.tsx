import { Badge, Button, Table, Text, Tooltip } from '@mantine/core';
import { IconBox, IconDropletHalf2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { distilModel, makeCandidate, queries, type Leaderboard, type LeaderboardRow, type TrainedRun } from '@/api';
import { formatBytes, formatNumber, formatShare } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { metricInText } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNewRun } from '@/components/useNewRun';
import { WideTable } from '@/components/WideTable';
import classes from '../RunPage.module.css';
import look from './Leaderboard.module.css';
import { gainInWords, gainOver, parted, scoreRange, shortName, stateWords } from './leaderboard';
import { MoreTimeButton } from './MoreTimeButton';
import { ScoreBar } from './ScoreBar';

/** All that an automatic training tried, and how good each was. */
export function LeaderboardPanel({ run }: { run: TrainedRun }) {
  const board = useQuery({ ...queries.leaderboard(run.model_id ?? ''), enabled: run.model_id !== null });
  if (run.model_id === null || board.isError) {
    return <ProblemNotice error={board.error ?? new Error('The model is gone.')} onRetry={() => void board.refetch()} />;
  }

  return board.isPending ? <LoadingBlock height={320} /> : <Board board={board.data} run={run} modelId={run.model_id} />;
}

function Board({ board, run, modelId }: { board: Leaderboard; run: TrainedRun; modelId: string }) {
  const { scored, others } = parted(board.rows);
  const range = scoreRange(scored);
  const [ensemble] = board.rows;
  const trivial = scored.find(({ recipe }) => recipe === 'baseline');
  const linear = scored.find(({ layer, recipe }) => layer === 1 && (recipe === 'logistic_regression' || recipe === 'ridge'));
  return (
    <div className={classes.stack}>
      {ensemble && (
        <Text c="dimmed">
          {[[linear, 'the linear model'] as const, [trivial, 'looking at no column'] as const].map(([row, what]) => {
            const gain = row === undefined ? null : gainOver(ensemble, row, board.higher_is_better);
            return gain === null ? '' : `${gainInWords(gain, what, board.metric)} `;
          })}
        </Text>
      )}
      <Section
        title="Leaderboard" flush actions={<>{run.plan.hyperparameters.deterministic !== true && <MoreTimeButton run={run} />}<DistilButton modelId={modelId} /></>}
        description={`By ${metricInText(board.metric)}, ${board.higher_is_better ? 'higher' : 'lower'} is better. The validation is on training rows that each candidate had not seen; only the test says how good the ensemble is, whose weights were chosen by the validation.`}
      >
        <WideTable label="Leaderboard" minWidth={860}>
          <Table className={look.board}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Candidate</Table.Th><Table.Th scope="col">Validation</Table.Th><Table.Th scope="col">Test</Table.Th><Table.Th scope="col" ta="end">Weight</Table.Th>
                <Table.Th scope="col" ta="end">Fitted in</Table.Th><Table.Th scope="col" ta="end">A row takes</Table.Th><Table.Th scope="col" ta="end">Size</Table.Th><Table.Th scope="col" ta="end">Use</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{scored.map((row) => <BoardRow key={row.name} row={row} metric={board.metric} range={range} modelId={modelId} />)}</Table.Tbody>
          </Table>
        </WideTable>
      </Section>
      {others.length > 0 && (
        <Section title="Not fitted to the end" flush>
          <Table>
            <Table.Tbody>{others.map((row) => <Table.Tr key={row.name}><Table.Th scope="row" fw={500} w="45%">{row.name}</Table.Th><Table.Td>{stateWords[row.state]}{row.reason && <Text size="xs" c="dimmed">{row.reason}</Text>}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </Section>
      )}
    </div>
  );
}

/** Makes one small model that answers as the ensemble does. */
function DistilButton({ modelId }: { modelId: string }) {
  const distil = useNewRun(async () => (await distilModel(modelId)).run_id);
  return (
    <>
      <Tooltip label="One small boosting model learns to answer as the ensemble does, and is tested beside it on the same rows." multiline w={280}>
        <Button variant="default" leftSection={<IconDropletHalf2 size={16} aria-hidden />} loading={distil.isPending} onClick={() => distil.mutate()}>Distil to a small model</Button>
      </Tooltip>
      {distil.isError && <ProblemNotice error={distil.error} />}
    </>
  );
}

function BoardRow({ row, metric, range, modelId }: { row: LeaderboardRow; metric: string; range: { from: number; to: number }; modelId: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const use = useMutation({
    mutationFn: () => makeCandidate(modelId, row.name),
    onSuccess: async (model) => {
      await client.invalidateQueries({ queryKey: ['models'], exact: true });
      await navigate({ to: '/models/$modelId', params: { modelId: model.id } });
    },
  });
  const isEnsemble = row.recipe === '';
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={isEnsemble ? 700 : 500}>
        {isEnsemble ? 'The ensemble' : shortName(row)}{row.layer > 1 && !isEnsemble && <> <Badge size="xs" color="grape">Layer {row.layer}</Badge></>}
        {!isEnsemble && row.recipe !== shortName(row) && <Text size="xs" c="dimmed" lineClamp={1} title={row.recipe}>{row.recipe}</Text>}
        {use.isError && <ProblemNotice error={use.error} mt="xs" />}
      </Table.Th>
      <Table.Td><ScoreBar metric={metric} score={row.score} low={row.low} high={row.high} range={range} /></Table.Td>
      <Table.Td><ScoreBar metric={metric} score={row.test_score} low={row.test_low} high={row.test_high} range={range} /></Table.Td>
      <Table.Td ta="end" className={look.figure}>{row.weight > 0 && !isEnsemble ? formatShare(row.weight) : ''}</Table.Td>
      <Table.Td ta="end" className={look.figure}>{row.fit_seconds === null ? '' : `${formatNumber(row.fit_seconds, 3)} s`}</Table.Td>
      <Table.Td ta="end" className={look.figure}>{row.predict_microseconds === null ? '' : `${formatNumber(row.predict_microseconds, 3)} \u00b5s`}</Table.Td>
      <Table.Td ta="end" className={look.figure}>{row.bytes === null ? '' : formatBytes(row.bytes)}</Table.Td>
      <Table.Td ta="end">
        {!isEnsemble && (row.state === 'used' || row.state === 'kept') && (
          <Button size="xs" variant="default" leftSection={<IconBox size={14} aria-hidden />} loading={use.isPending} onClick={() => use.mutate()} aria-label={`Use ${row.name} as a model`}>Use</Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
