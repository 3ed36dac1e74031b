import { reportReachable } from './connection';
import { ProblemError, problemFrom, unreachable } from './problem';
import type { DatasetView } from './types';

export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
  /** All bytes are sent; the server is reading the table. */
  reading: boolean;
}

/** How a table with a row for each step becomes series. */
export interface StepLayout {
  /** The column whose equal values are one series. */
  id: string;
  /** The column that orders the steps; null for the order of the file. */
  time: string | null;
  /** Columns that become channels; empty for all numbers that change within a series. */
  channels: readonly string[];
}

/** Sends a table. XMLHttpRequest, because fetch tells nothing about how much of a body is sent. */
export function uploadDataset(file: File, name: string | null, onProgress: (progress: UploadProgress) => void, signal: AbortSignal, steps: StepLayout | null = null): Promise<DatasetView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/datasets');
    request.responseType = 'text';
    request.upload.onprogress = (event) => {
      onProgress({ sentBytes: event.loaded, totalBytes: event.total, reading: event.loaded >= event.total });
    };
    request.upload.onload = () => onProgress({ sentBytes: file.size, totalBytes: file.size, reading: true });
    request.onload = () => {
      reportReachable(true);
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300 && body !== null) {
        resolve(body as DatasetView);
      } else {
        reject(problemFrom(request.status, body));
      }
    };
    request.onerror = () => {
      reject(request.upload && file.size > 0
        ? new ProblemError('The upload was cut off', 0, 'The connection broke before the whole file was sent. Check that Strata is running and that the file is not larger than its upload limit, then try again.')
        : unreachable());
    };
    request.onabort = () => reject(new ProblemError('Upload stopped', -1, 'You stopped the upload. Nothing was stored.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });

    const form = new FormData();
    if (name !== null) {
      form.append('name', name);
    }

    for (const [field, value] of stepFields(steps)) {
      form.append(field, value);
    }

    form.append('file', file, file.name);
    request.send(form);
  });
}

/** The fields of the form that say it. */
export function stepFields(steps: StepLayout | null): [string, string][] {
  return steps === null ? [] : [
    ['series_id', steps.id],
    ...(steps.time === null ? [] : [['series_time', steps.time] satisfies [string, string]]),
    ...(steps.channels.length === 0 ? [] : [['series_channels', JSON.stringify(steps.channels)] satisfies [string, string]]),
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
