import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type TrainedRun } from '@/api';
import { formatNumber, formatSeconds } from '@/components/format';
import { metricInText } from '@/components/metricWords';
import { Section } from '@/components/Section';
import { useNow } from '@/components/useNow';
import { WideTable } from '@/components/WideTable';
import type { LiveRun } from '../useLiveRun';
import { parted, scoreRange, scoreText, secondsLeft, stateWords } from './leaderboard';
import { ScoreBar } from './ScoreBar';
import classes from './Leaderboard.module.css';

/** A search for the best model as it stands: the best so far, the time that is left, and all that has ended. */
export function StudyStanding({ run, live }: { run: TrainedRun; live: LiveRun }) {
  const { data } = useQuery(queries.studySoFar(live.job.id, live.job.status));
  const board = data?.leaderboard;
  const now = useNow();
  if (!board) {
    return null;
  }

  const { scored, others } = parted(board.rows);
  const [best] = scored;
  const range = scoreRange(scored);
  const left = live.job.status === 'running' ? secondsLeft(run.plan.hyperparameters, live.job, now) : null;
  return (
    <>
      <dl className={classes.tiles}>
        <div><dt>Best so far</dt><dd>{best && best.score !== null ? scoreText(board.metric, best.score) : '\u2013'}</dd><dd className={classes.small}>{best ? `${best.name}, by ${metricInText(board.metric)}` : 'None has ended yet'}</dd></div>
        <div><dt>Candidates</dt><dd>{scored.length}</dd><dd className={classes.small}>{others.length === 0 ? 'fitted' : `fitted, ${others.length} skipped or failed`}</dd></div>
        {left !== null && <div><dt>Time left</dt><dd>{live.job.finishing ? 'ending' : formatSeconds(left)}</dd><dd className={classes.small}>about, the test included</dd></div>}
      </dl>
      <Section
        title="Leaderboard so far" flush
        description={`By ${metricInText(board.metric)} on training rows that each candidate had not seen. The best are weighted together and tested when the search ends.`}
      >
        <WideTable label="Leaderboard so far" minWidth={520}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th scope="col">Candidate</Table.Th><Table.Th scope="col">Validation</Table.Th><Table.Th scope="col" ta="end">Fitted in</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {scored.map((row) => (
                <Table.Tr key={row.name}>
                  <Table.Th scope="row" fw={500}>{row.name}</Table.Th>
                  <Table.Td><ScoreBar metric={board.metric} score={row.score} low={null} high={null} range={range} /></Table.Td>
                  <Table.Td ta="end">{row.fit_seconds === null ? '' : `${formatNumber(row.fit_seconds, 3)} s`}</Table.Td>
                </Table.Tr>
              ))}
              {others.map((row) => (
                <Table.Tr key={row.name}>
                  <Table.Th scope="row" fw={500}>{row.name}</Table.Th>
                  <Table.Td colSpan={2}><Text size="sm" c="dimmed">{stateWords[row.state]}{row.reason === null ? '' : `: ${row.reason}`}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      </Section>
    </>
  );
}
