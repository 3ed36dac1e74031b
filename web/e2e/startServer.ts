import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startInMilliseconds = 60_000;

export interface RunningServer {
  url: string;
  stop: () => Promise<void>;
}

/** Starts `strata serve`, the program at STRATA_PROGRAM, on a free port with an empty data folder. */
export async function startServer(): Promise<RunningServer> {
  const program = process.env.STRATA_PROGRAM;
  if (!program) {
    throw new Error('Set STRATA_PROGRAM to the path of the strata program, or STRATA_URL to the address of a running server.');
  }

  const data = mkdtempSync(join(tmpdir(), 'strata-e2e-'));
  const server = spawn(program, ['serve', '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    url: await address(server),
    stop: async () => {
      await stop(server);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const give = (reason: string) => reject(new Error(`${reason} It said:\n${said}`));
    const timer = setTimeout(() => give('The server did not say where it listens.'), startInMilliseconds);
    const read = (piece: Buffer) => {
      said += piece.toString();
      const found = /Listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (found) {
        clearTimeout(timer);
        resolve(found);
      }
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('error', (error) => give(`The server could not be started: ${error.message}.`));
    server.on('exit', (code) => give(`The server ended with code ${code}.`));
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) {
      resolve();
      return;
    }

    const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    server.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    server.kill('SIGTERM');
  });
}
