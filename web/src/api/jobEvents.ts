import { EventStreamParser, type StreamEvent } from './eventStream';
import { reportReachable } from './connection';
import type { JobStatus, JobView, LogLine, MetricPoint } from './types';

export interface JobListener {
  onJob?: (job: JobView) => void;
  onMetric?: (point: MetricPoint) => void;
  onLog?: (line: LogLine) => void;
  /** Whether events arrive by themselves; while false the caller should poll. */
  onLive?: (live: boolean) => void;
}

export interface FollowOptions {
  signal: AbortSignal;
  fetch?: typeof fetch;
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const longestWaitInMilliseconds = 15_000;

export function hasEnded(status: JobStatus) {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/**
 * Follows a job until it ends: reconnects with growing pauses, and asks for what it missed by Last-Event-ID.
 * Resolves when a terminal status was seen, the stream is refused for good (4xx), or the signal is aborted.
 */
export async function followJob(id: string, listener: JobListener, options: FollowOptions): Promise<void> {
  const load = options.fetch ?? fetch;
  const wait = options.wait ?? pause;
  let lastEventId: string | null = null;
  let failures = 0;
  let ended = false;

  const dispatch = (event: StreamEvent) => {
    lastEventId = event.id ?? lastEventId;
    const value = parse(event.data);
    if (value === null) {
      return;
    }

    if (event.event === 'status' || event.event === 'progress') {
      const job = value as JobView;
      listener.onJob?.(job);
      ended ||= hasEnded(job.status);
    } else if (event.event === 'metric') {
      listener.onMetric?.(value as MetricPoint);
    } else if (event.event === 'log') {
      listener.onLog?.(value as LogLine);
    }
  };

  while (!ended && !options.signal.aborted) {
    try {
      const headers = new Headers({ Accept: 'text/event-stream' });
      if (lastEventId !== null) {
        headers.set('Last-Event-ID', lastEventId);
      }

      const response = await load(`/api/jobs/${encodeURIComponent(id)}/events`, { headers, signal: options.signal });
      reportReachable(true);
      if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
        return;
      }

      if (response.ok && response.body !== null) {
        listener.onLive?.(true);
        const parser = new EventStreamParser();
        await eachPiece(response.body, (piece) => {
          failures = 0;
          parser.push(piece).forEach(dispatch);
        });
      }
    } catch {
      // The connection broke: the pause below comes before the next try.
    }

    if (!ended && !options.signal.aborted) {
      listener.onLive?.(false);
      await wait(Math.min(longestWaitInMilliseconds, 500 * 2 ** failures), options.signal);
      failures++;
    }
  }
}

async function eachPiece(body: ReadableStream<Uint8Array>, take: (piece: string) => void) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    take(decoder.decode(next.value, { stream: true }));
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}

function pause(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
