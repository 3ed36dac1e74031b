import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { followJob, hasEnded, queries, type ComparisonView, type JobView, type LogLine, type MetricSeries, type TrainedRun } from '@/api';
import { mergeLog, mergeSeries, RunEvents } from './runEvents';

const pollInMilliseconds = 2_000;
const drawInMilliseconds = 250;

export interface LiveRun {
  job: JobView;
  series: readonly MetricSeries[];
  log: readonly LogLine[];
  /** Whether events arrive by themselves; otherwise the server is asked every two seconds. */
  live: boolean;
}

/** A run as it happens: what the server has recorded so far, and every event since. */
export function useLiveRun(run: TrainedRun): LiveRun {
  return useLiveJob(run.job, queries.runMetrics(run.id));
}

/** A comparison as it happens; its series are the scores of each algorithm's folds. */
export function useLiveComparison(comparison: ComparisonView): LiveRun {
  return useLiveJob(comparison.job, queries.comparisonScores(comparison.id));
}

function useLiveJob(first: JobView, recorded: ReturnType<typeof queries.runMetrics> | ReturnType<typeof queries.comparisonScores>): LiveRun {
  const jobId = first.id;
  const [events] = useState(() => new RunEvents());
  const [eventJob, setEventJob] = useState<JobView | null>(null);
  const [live, setLive] = useState(false);
  const [eventCount, setEventCount] = useState(0);
  const endedBefore = hasEnded(first.status);
  const running = !endedBefore && !(eventJob !== null && hasEnded(eventJob.status));
  const refetchInterval = running && !live ? pollInMilliseconds : false;
  const metrics = useQuery({ ...(recorded as ReturnType<typeof queries.runMetrics>), refetchInterval });
  const log = useQuery({ ...queries.jobLog(jobId), refetchInterval });
  const polled = useQuery({ ...queries.job(jobId), enabled: running && !live });

  useEffect(() => {
    if (endedBefore) {
      return undefined;
    }

    const stop = new AbortController();
    // A fast training sends hundreds of events a second; the page is drawn four times a second.
    const timer = setInterval(() => setEventCount(events.count), drawInMilliseconds);
    void followJob(jobId, {
      onJob: setEventJob,
      onMetric: (point) => events.addPoint(point),
      onLog: (line) => events.addLine(line),
      onLive: setLive,
    }, { signal: stop.signal });
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [jobId, endedBefore, events]);

  const job = endedBefore ? first : latest(first, eventJob, polled.data, live);
  useRefreshAtEnd(!endedBefore && hasEnded(job.status));

  const stored = metrics.data?.series;
  const lines = log.data?.lines;
  // The events are one growing object; their count says when to look again.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const series = useMemo(() => mergeSeries(stored ?? [], events.points), [stored, events, eventCount]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const allLines = useMemo(() => mergeLog(lines ?? [], events.lines), [lines, events, eventCount]);
  return { job, series, log: allLines, live };
}

/** An end is final; before it, events are newer than answers while they flow. */
function latest(first: JobView, event: JobView | null, polled: JobView | undefined, live: boolean): JobView {
  const known = [event, polled].filter((job): job is JobView => job !== null && job !== undefined);
  return known.find((job) => hasEnded(job.status)) ?? (live ? event : polled) ?? known[0] ?? first;
}

/** When the job has ended, the record that it belongs to has got its results: everything about it is asked for again. */
function useRefreshAtEnd(ended: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (ended) {
      void client.invalidateQueries({ queryKey: ['runs'] });
      void client.invalidateQueries({ queryKey: ['comparisons'] });
      void client.invalidateQueries({ queryKey: ['jobs'] });
      void client.invalidateQueries({ queryKey: ['models'] });
    }
  }, [ended, client]);
}
