import { describe, expect, it, vi } from 'vitest';
import { followJob } from './jobEvents';

const event = (id: number, name: string, data: unknown) => `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const stream = (...pieces: string[]) => new Response(new ReadableStream<Uint8Array>({
  start(controller) {
    pieces.forEach((piece) => controller.enqueue(new TextEncoder().encode(piece)));
    controller.close();
  },
}), { status: 200 });

/** A server that gives one answer after another. */
function server(...answers: (() => Response | Promise<Response>)[]) {
  const asked: (string | null)[] = [];
  const load = vi.fn(async (_: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'));
    return (answers[asked.length - 1] ?? answers.at(-1)!)();
  });
  return { asked, load: load as unknown as typeof fetch };
}

describe('following a job', () => {
  it('reconnects after a broken connection and asks only for what it missed', async () => {
    const { asked, load } = server(
      () => stream(event(1, 'log', { number: 1, time: '', text: 'one' }), event(2, 'metric', { name: 'loss', step: 0, value: 0.5 })),
      () => Promise.reject(new TypeError('network')),
      () => stream(event(3, 'metric', { name: 'loss', step: 1, value: 0.4 }), event(4, 'status', { status: 'completed' })),
    );
    const steps: number[] = [];
    const live: boolean[] = [];
    const waits: number[] = [];
    await followJob('job', { onMetric: (point) => steps.push(point.step), onLive: (value) => live.push(value) }, {
      signal: new AbortController().signal, fetch: load, wait: (milliseconds) => { waits.push(milliseconds); return Promise.resolve(); },
    });
    expect(asked).toEqual([null, '2', '2']);
    expect(steps).toEqual([0, 1]);
    expect(live).toEqual([true, false, false, true]);
    expect(waits).toEqual([500, 1000]);
  });

  it('waits longer and longer while the server is away, and no longer than a quarter of a minute', async () => {
    const { load } = server(() => new Response(null, { status: 503 }));
    const stop = new AbortController();
    const waits: number[] = [];
    await followJob('job', {}, { signal: stop.signal, fetch: load, wait: (milliseconds) => {
      waits.push(milliseconds);
      if (waits.length === 8) {
        stop.abort();
      }

      return Promise.resolve();
    } });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it('ends at a terminal status, without another request', async () => {
    const { asked, load } = server(() => stream(event(1, 'status', { status: 'cancelled' })));
    const statuses: string[] = [];
    await followJob('job', { onJob: (job) => statuses.push(job.status) }, { signal: new AbortController().signal, fetch: load, wait: () => Promise.reject(new Error('must not wait')) });
    expect(statuses).toEqual(['cancelled']);
    expect(asked).toHaveLength(1);
  });

  it('gives up when there is no such job', async () => {
    const { asked, load } = server(() => new Response(null, { status: 404 }));
    await followJob('job', {}, { signal: new AbortController().signal, fetch: load, wait: () => Promise.reject(new Error('must not wait')) });
    expect(asked).toHaveLength(1);
  });

  it('skips an event that is not JSON', async () => {
    const { load } = server(() => stream('event: log\ndata: {half\n\n', event(2, 'status', { status: 'failed' })));
    const lines: unknown[] = [];
    await followJob('job', { onLog: (line) => lines.push(line) }, { signal: new AbortController().signal, fetch: load });
    expect(lines).toEqual([]);
  });
});
