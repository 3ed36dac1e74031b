import createClient from 'openapi-fetch';
import { isUnattended } from './attendance';
import { reportReachable } from './connection';
import { reportLoggedOut } from './loggedOut';
import { problemFrom, unreachable } from './problem';
import type { paths } from './schema';

/** Asks the server that this page came from. Paths, parameters and answers are checked against the OpenAPI document when the page is built. */
export const server = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: (request: Request) => fetch(attended(request)) });

/** What a page asks for by itself while nobody looks at it does not keep the session alive. */
function attended(request: Request) {
  if (isUnattended()) {
    request.headers.set('Strata-Unattended', '1');
  }

  return request;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body; throws a ProblemError for anything but success. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  let result: Answer<T>;
  try {
    result = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }

    reportReachable(false);
    throw unreachable();
  }

  const { status, ok } = result.response;
  reportReachable(status < 502 || status > 504);
  if (status === 401) {
    reportLoggedOut();
  }

  if (!ok) {
    throw problemFrom(status, result.error);
  }

  return result.data as T;
}
