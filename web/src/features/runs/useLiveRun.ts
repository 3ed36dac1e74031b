import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { followJob, hasEnded, queries, type JobView, type LogLine, type MetricPoint, type MetricSeries, type RunView } from '@/api';
import { LiveLog, LiveSeries } from './liveRecords';

const pollInMilliseconds = 2_000;
const drawInMilliseconds = 250;

export interface LiveRun {
  job: JobView;
  series: readonly MetricSeries[];
  log: readonly LogLine[];
  /** Whether events arrive by themselves; otherwise the server is asked every two seconds. */
  live: boolean;
}

/** A run as it happens: what the server has recorded so far, and then every event as it comes. */
export function useLiveRun(run: RunView): LiveRun {
  const client = useQueryClient();
  const { id, job: { id: jobId } } = run;
  const [job, setJob] = useState(run.job);
  const [live, setLive] = useState(false);
  const records = useMemo(() => ({ series: new LiveSeries(), log: new LiveLog(), for: jobId }), [jobId]);
  const [drawn, setDrawn] = useState({ series: records.series.list(), log: records.log.list() });
  const running = !hasEnded(job.status);
  const refetchInterval = running && !live ? pollInMilliseconds : false;
  const metrics = useQuery({ ...queries.runMetrics(id), refetchInterval });
  const log = useQuery({ ...queries.jobLog(jobId), refetchInterval });
  const polled = useQuery({ ...queries.job(jobId), enabled: running && !live });

  useEffect(() => {
    if (polled.data) {
      setJob(polled.data);
    }
  }, [polled.data]);

  useEffect(() => {
    metrics.data?.series.forEach(({ name, points }) => points.forEach(([step, value]) => records.series.add({ name, step: step ?? 0, value: value ?? null })));
    setDrawn({ series: records.series.list(), log: records.log.list() });
  }, [metrics.data, records]);

  useEffect(() => {
    log.data?.lines.forEach((line) => records.log.add(line));
    setDrawn({ series: records.series.list(), log: records.log.list() });
  }, [log.data, records]);

  const startedEnded = hasEnded(run.job.status);
  useEffect(() => {
    if (startedEnded) {
      return undefined;
    }

    const stop = new AbortController();
    // A fast training sends hundreds of events a second; the page is drawn four times a second.
    const timer = setInterval(() => {
      if (records.series.takeChanged() || records.log.takeChanged()) {
        setDrawn({ series: records.series.list(), log: records.log.list() });
      }
    }, drawInMilliseconds);
    void followJob(jobId, {
      onJob: setJob,
      onMetric: (point: MetricPoint) => records.series.add(point),
      onLog: (line: LogLine) => records.log.add(line),
      onLive: setLive,
    }, { signal: stop.signal });
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [jobId, startedEnded, records]);

  const ended = hasEnded(job.status);
  useEffect(() => {
    if (ended && !startedEnded) {
      void client.invalidateQueries({ queryKey: ['runs'] });
      void client.invalidateQueries({ queryKey: ['jobs'] });
      void client.invalidateQueries({ queryKey: ['models'] });
    }
  }, [ended, startedEnded, client]);

  return { job: hasEnded(run.job.status) ? run.job : job, series: drawn.series, log: drawn.log, live };
}
