/** A refused or failed request, in words for people. `problems` lists every fault that the server found. */
export class ProblemError extends Error {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly problems: readonly string[];

  constructor(title: string, status: number, detail: string, problems: readonly string[] = []) {
    super(detail || title);
    this.name = 'ProblemError';
    this.title = title;
    this.status = status;
    this.detail = detail;
    this.problems = problems;
  }

  /** The request never got an answer. */
  get unreachable() {
    return this.status === 0;
  }
}

export function unreachable(): ProblemError {
  return new ProblemError('Strata does not answer', 0, 'The program may have been stopped or is restarting. This page tries again by itself.');
}

/** Reads problem+json; any other body becomes a problem that names the status. */
export function problemFrom(status: number, body: unknown): ProblemError {
  if (typeof body === 'object' && body !== null) {
    const { title, detail, problems } = body as { title?: unknown; detail?: unknown; problems?: unknown };
    if (typeof title === 'string' || typeof detail === 'string') {
      const texts = Array.isArray(problems) ? problems.filter((text): text is string => typeof text === 'string') : [];
      return new ProblemError(typeof title === 'string' ? title : 'Request refused', status, typeof detail === 'string' ? detail : '', texts);
    }
  }

  if (status === 413) {
    return new ProblemError('File too large', status, 'The file is larger than this server accepts. Ask for a higher upload limit, or upload fewer rows.');
  }

  return new ProblemError(`The server answered with status ${status}`, status, 'That was not expected. The job log or the server\u2019s console may say more.');
}

export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }

  return new ProblemError('Something went wrong in this page', -1, error instanceof Error ? error.message : String(error));
}
